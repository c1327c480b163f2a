package dev.sockreel.cli.ss;

import dev.sockreel.dump.Dump;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.TcpState;
import java.util.List;
import java.util.function.Predicate;

/** Checks that a snapshot can show the selection: sockets that were never requested must not look like none. */
final class SsAvailability {
    /** PACKET_SHOW_FILTER of uapi/linux/packet_diag.h, a bit of pdiag_show. */
    private static final int PACKET_SHOW_FILTER = 0x20;

    /**
     * Checks the selection.
     *
     * @param filters true if -b was given
     * @throws IllegalArgumentException if the snapshot cannot show it
     */
    static void check(Snapshot snapshot, Predicate<Dump> wanted, SsSelection chosen, boolean filters) {
        String nothing = chosen.emptyMessage();
        if (nothing != null) {
            throw new IllegalArgumentException(nothing);
        }
        List<Dump> dumps = snapshot.dumps().stream().filter(wanted).toList();
        if (dumps.isEmpty() && !hasText(snapshot, chosen)) {
            throw new IllegalArgumentException("snapshot " + snapshot.index()
                    + " has no dump of such sockets: they were not requested; `sockreel info` shows what it has");
        }
        if (filters && chosen.wants(DumpRequest.ofFamilyId("packet"))) {
            checkFilters(dumps);
        }
        checkBoundInactive(dumps, chosen);
    }

    private static boolean hasText(Snapshot snapshot, SsSelection chosen) {
        return snapshot.procFiles().stream()
                .map(f -> ProcNet.family(f.path()))
                .anyMatch(family -> family != null && chosen.wants(DumpRequest.ofFamilyId(family)));
    }

    private static void checkFilters(List<Dump> dumps) {
        boolean asked = dumps.stream()
                .map(Dump::request)
                .anyMatch(r -> r.family() == Family.AF_PACKET && (!r.showKnown() || r.asksFor(PACKET_SHOW_FILTER)));
        if (!asked) {
            throw new IllegalArgumentException(
                    "-b shows filters of packet sockets, which were not requested when this was recorded");
        }
    }

    /** Checks -B: Linux 6.8 and later list bound-inactive sockets, and only if the request names that state. */
    private static void checkBoundInactive(List<Dump> dumps, SsSelection chosen) {
        long bit = 1L << TcpState.BOUND_INACTIVE;
        boolean alone = chosen.states() == (int) bit;
        if (alone && dumps.stream().noneMatch(d -> (d.request().states() & bit) != 0)) {
            throw new IllegalArgumentException(
                    "-B shows bound but inactive sockets, which were not requested when this was recorded");
        }
    }

    private SsAvailability() {}
}
