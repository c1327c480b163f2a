package dev.sockreel.snapshot;

import dev.sockreel.dump.CookieIndex;
import dev.sockreel.dump.Dump;
import dev.sockreel.sockdiag.DumpRequest;
import java.util.List;

/**
 * The sockets that one dump listed, by cookie: all that is kept of a snapshot to judge others.
 *
 * @param boot     identifies the host's boot, within which cookies are unique
 * @param netns    identifies the namespace across snapshots
 * @param family   tcp4, unix, …
 * @param states   mask of the requested states
 * @param cookies  the listed cookies
 * @param returned cookies that it does not list, although dumps before and after do
 */
public record DumpCookies(String boot, long netns, String family, long states, CookieIndex cookies,
        CookieIndex returned) {
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
        return new DumpCookies(
                snapshot.boot(), snapshot.netnsIdentity(dump.begin().netns()), dump.family(), dump.request().states(),
                dump.cookies(), dump.returned());
    }

    /** Returns whether a dump of this request lists all sockets of its family. */
    public static boolean listsAll(DumpRequest request) {
        return request.isDump() && !request.narrowed() && (request.states() & EVERY_STATE) == EVERY_STATE;
    }

    public boolean has(long cookie) {
        return cookies.has(cookie);
    }

    /** Returns whether both dumps answer the same request, of the same kernel. */
    public boolean isComparable(DumpCookies other) {
        return boot.equals(other.boot) && netns == other.netns && family.equals(other.family) && states == other.states;
    }
}
