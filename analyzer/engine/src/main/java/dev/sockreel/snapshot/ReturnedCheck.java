package dev.sockreel.snapshot;

import dev.sockreel.nlmsg.Family;
import java.util.List;
import java.util.Optional;

/**
 * Sockets that the dumps before and after list under one cookie existed in between: a dump that arrived whole and does
 * not list them was torn by changes of the kernel's table. It compares with the {@link SnapshotReader#NEIGHBOURS} nearest
 * snapshots on each side: a socket that is missing from more dumps in a row is not seen by it.
 *
 * <p>Proof where a socket leaves its table only for good (unix, netlink, packet). A tcp or udp socket that is
 * disconnected and connected again leaves and returns too: there it is a hint.
 */
final class ReturnedCheck implements DumpCheck {
    @Override
    public Optional<Fault> check(Dump dump, Surroundings around) {
        if (!dump.arrivedWhole() || !Listing.listsAll(dump.request())) {
            return Optional.empty();
        }
        Listing own = Listing.of(around.snapshot(), dump);
        List<Listing> before = around.before(own);
        List<Listing> after = around.after(own);
        int missing = 0;
        for (int i = 0; i < before.size() && !after.isEmpty(); i++) {
            missing += missing(own, before.get(i), before.subList(0, i), after);
        }
        return missing == 0 ? Optional.empty() : Optional.of(fault(dump, missing));
    }

    /** Sockets of an earlier dump that this one and all between lack, and a later one has. */
    private static int missing(Listing own, Listing earlier, List<Listing> between, List<Listing> after) {
        int[] missing = new int[1];
        earlier.cookies().forEach(cookie -> {
            if (!own.has(cookie)
                    && between.stream().noneMatch(l -> l.has(cookie))
                    && after.stream().anyMatch(l -> l.has(cookie))) {
                missing[0]++;
            }
        });
        return missing[0];
    }

    private static Fault fault(Dump dump, int missing) {
        String why = missing + (missing == 1 ? " socket is" : " sockets are")
                + " not listed, but dumps before and after list the same cookies";
        int family = dump.request().family();
        boolean inet = family == Family.AF_INET || family == Family.AF_INET6;
        return new Fault(DumpFault.VANISHED_AND_RETURNED, dump.family(),
                inet ? why + "; a hint, no proof: a socket that is disconnected and connected again does the same" : why);
    }
}
