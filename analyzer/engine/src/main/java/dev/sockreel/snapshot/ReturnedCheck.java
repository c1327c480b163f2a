package dev.sockreel.snapshot;

import dev.sockreel.nlmsg.Family;
import java.util.Optional;

/**
 * Sockets that the dumps before and after list under one cookie existed in between: a dump that arrived whole and does
 * not list them was torn by changes of the kernel's table. It compares with the next snapshot alone, so a socket that
 * is missing from two dumps in a row is not seen by it.
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
        Listing before = around.before(own).orElse(null);
        Listing after = around.after(own).orElse(null);
        if (before == null || after == null) {
            return Optional.empty();
        }
        int[] missing = new int[1];
        before.cookies().forEach(cookie -> {
            if (own.cookies().row(cookie) < 0 && after.cookies().row(cookie) >= 0) {
                missing[0]++;
            }
        });
        return missing[0] == 0 ? Optional.empty() : Optional.of(fault(dump, missing[0]));
    }

    private static Fault fault(Dump dump, int missing) {
        String why = missing + (missing == 1 ? " socket is" : " sockets are")
                + " not listed, but the dumps before and after list the same cookies";
        int family = dump.request().family();
        boolean inet = family == Family.AF_INET || family == Family.AF_INET6;
        return new Fault(DumpFault.VANISHED_AND_RETURNED, dump.family(),
                inet ? why + "; a hint, no proof: a socket that is disconnected and connected again does the same" : why);
    }
}
