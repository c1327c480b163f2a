package dev.sockreel.verdict;

import dev.sockreel.dump.CookieIndex;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.DumpCookies;
import dev.sockreel.wording.Counted;
import java.util.Optional;

/**
 * Finds sockets that are missing here although the dumps before and after list their cookies: they existed in between,
 * so the kernel's table changed during the dump. Only the {@link SnapshotReader#NEIGHBOURS} nearest snapshots on each
 * side are compared; a socket missing from more dumps in a row is not found.
 *
 * <p>This is proof for families whose sockets leave their table for good (unix, netlink, packet). A tcp or udp socket
 * that is disconnected and connected again also leaves and returns, so there it is only a hint.
 */
final class ReturnedCheck implements DumpCheck {
    @Override
    public Optional<Fault> check(Dump dump, Surroundings around) {
        CookieIndex returned = returned(dump, around);
        int missing = returned.size() - listed(dump, returned);
        return missing == 0 ? Optional.empty() : Optional.of(fault(dump, missing));
    }

    /** Returns the cookies that both an earlier and a later dump have. */
    static CookieIndex returned(Dump dump, Surroundings around) {
        return dump.arrivedWhole() && DumpCookies.listsAll(dump.request())
                ? around.returned(DumpCookies.of(around.snapshot(), dump).scope()) : CookieIndex.NONE;
    }

    /** Returns how many of these cookies the dump lists. */
    private static int listed(Dump dump, CookieIndex returned) {
        int[] listed = new int[1];
        if (returned != CookieIndex.NONE) {
            dump.cookies().forEach(cookie -> listed[0] += returned.has(cookie) ? 1 : 0);
        }
        return listed[0];
    }

    private static Fault fault(Dump dump, int missing) {
        String why = Counted.of(missing, "socket is", "sockets are")
                + " not listed, but dumps before and after list the same cookies";
        int family = dump.request().family();
        boolean inet = family == Family.AF_INET || family == Family.AF_INET6;
        return new Fault(DumpFault.VANISHED_AND_RETURNED, dump.family(),
                inet ? why + "; this is a hint, not proof: a socket that is disconnected and connected again"
                        + " does the same"
                        : why);
    }
}
