package dev.sockreel.unseen;

import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** Properties of dumps that an imported source does not record at all. */
final class SourceRule implements UnseenRule {
    @Override
    public List<Unseen> of(Circumstances c) {
        if (!c.isImport()) {
            return List.of();
        }
        Snapshot snapshot = c.snapshot();
        String source = "the source (" + c.importFormat() + ")";
        List<Unseen> found = new ArrayList<>();
        if (!snapshot.begin().isKnown()) {
            found.add(gap("no-times", source + " has no times",
                    "neither the date nor how long anything lasted is known",
                    "record with sockreel, or give a datagram-log its realtime_ns", true));
        }
        if (snapshot.dumps().stream().anyMatch(d -> !d.begin().knows(DumpBegin.KNOWS_EDGES))) {
            found.add(gap("no-datagram-edges", source + " does not record datagram boundaries",
                    "lost or cut datagrams cannot be detected", "record with sockreel", true));
        }
        if (c.importFormat().equals(Origin.PCAP.id())) {
            found.add(gap("no-loss-counts", source + " does not say whether packets were lost",
                    "packets that the capture dropped during a dump cannot be detected", "record with sockreel", true));
        }
        found.add(gap("no-checksums", source + " has no checksums",
                "values that were changed before the import cannot be detected", "", false));
        return found;
    }

    private static Unseen gap(String id, String why, String what, String remedy, boolean weakens) {
        return new Unseen(id, List.of(), why, what, Unseen.NOT_KNOWN, remedy, weakens);
    }
}
