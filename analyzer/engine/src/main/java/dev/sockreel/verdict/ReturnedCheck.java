package dev.sockreel.verdict;

import dev.sockreel.dump.CookieIndex;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.DumpCookies;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.List;
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
        int missing = returned(dump, around).size();
        return missing == 0 ? Optional.empty() : Optional.of(fault(dump, missing));
    }

    /** Returns the cookies that this dump lacks and that both an earlier and a later one have. */
    static CookieIndex returned(Dump dump, Surroundings around) {
        if (!dump.arrivedWhole() || !DumpCookies.listsAll(dump.request())) {
            return CookieIndex.NONE;
        }
        DumpCookies own = DumpCookies.of(around.snapshot(), dump);
        List<DumpCookies> after = around.after(own);
        List<Long> found = new ArrayList<>();
        if (!after.isEmpty()) {
            around.before(own).forEach(before -> before.cookies().forEach(cookie -> {
                if (!own.has(cookie) && after.stream().anyMatch(l -> l.has(cookie))) {
                    found.add(cookie);
                }
            }));
        }
        CookieIndex returned = found.isEmpty() ? CookieIndex.NONE : new CookieIndex(found.size());
        found.forEach(cookie -> returned.add(cookie, 0));
        return returned;
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
