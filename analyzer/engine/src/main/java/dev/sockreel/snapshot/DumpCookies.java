package dev.sockreel.snapshot;

import dev.sockreel.dump.CookieIndex;
import dev.sockreel.dump.Dump;
import dev.sockreel.sockdiag.DumpRequest;
import java.util.List;

/**
 * Which sockets one dump listed: all that is kept of a snapshot to judge the next.
 *
 * @param boot   of the host, by which cookies are unique
 * @param netns  by which the namespace is the same one in another snapshot
 * @param family tcp4, unix, …
 * @param states that were asked for
 * @param returned cookies that it does not list, though dumps before and after do
 */
public record DumpCookies(String boot, long netns, String family, long states, CookieIndex cookies,
        CookieIndex returned) {
    /** States 1 to 11: sockets that a change of state takes out of a smaller mask are not missing. */
    private static final long EVERY_STATE = 0xffe;

    /** Of the dumps that list all sockets of their family. */
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

    public static boolean listsAll(DumpRequest request) {
        return request.isDump() && !request.narrowed() && (request.states() & EVERY_STATE) == EVERY_STATE;
    }

    public boolean has(long cookie) {
        return cookies.has(cookie);
    }

    /** Whether both answer the same question of the same kernel. */
    public boolean isComparable(DumpCookies other) {
        return boot.equals(other.boot) && netns == other.netns && family.equals(other.family) && states == other.states;
    }
}
