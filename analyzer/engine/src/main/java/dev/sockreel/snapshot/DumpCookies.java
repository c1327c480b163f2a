package dev.sockreel.snapshot;

import dev.sockreel.dump.CookieIndex;
import dev.sockreel.dump.Dump;
import dev.sockreel.sockdiag.DumpRequest;
import java.util.List;

/**
 * The sockets that one dump listed, by cookie: all that is kept of a snapshot to judge others.
 *
 * @param scope    what it lists
 * @param dump     the dump; its cookies are collected when they are asked for
 * @param returned cookies that dumps before and after list: those that it does not list itself were missed
 */
public record DumpCookies(Scope scope, Dump dump, CookieIndex returned) {
    /**
     * The kind of a dump: dumps of different snapshots that share it can be compared.
     *
     * @param boot   identifies the host's boot, within which cookies are unique
     * @param netns  identifies the namespace across snapshots
     * @param family tcp4, unix, …
     * @param states mask of the requested states
     */
    public record Scope(String boot, long netns, String family, long states) {}

    /** States 1 to 11. With a smaller mask, a socket may leave the dump by changing its state. */
    private static final long EVERY_STATE = 0xffe;

    /** Returns the cookies of those dumps that list all sockets of their family. */
    public static List<DumpCookies> of(Snapshot snapshot) {
        return snapshot.dumps().stream()
                .filter(d -> listsAll(d.request()))
                .map(d -> of(snapshot, d))
                .toList();
    }

    public static DumpCookies of(Snapshot snapshot, Dump dump) {
        Scope scope = new Scope(snapshot.boot(), snapshot.netnsIdentity(dump.begin().netns()), dump.family(),
                dump.request().states());
        return new DumpCookies(scope, dump, dump.returned());
    }

    /** Returns whether a dump of this request lists all sockets of its family. */
    public static boolean listsAll(DumpRequest request) {
        return request.isDump() && !request.narrowed() && (request.states() & EVERY_STATE) == EVERY_STATE;
    }

    /** Returns the listed cookies. */
    public CookieIndex cookies() {
        return dump.cookies();
    }

    public boolean has(long cookie) {
        return cookies().has(cookie);
    }
}
