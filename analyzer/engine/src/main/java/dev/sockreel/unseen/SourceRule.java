package dev.sockreel.unseen;

import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.Origin;
import dev.sockreel.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** What an imported source cannot tell of its dumps, whatever stands in them. */
final class SourceRule implements UnseenRule {
    @Override
    public List<Unseen> of(Snapshot snapshot) {
        Circumstances c = new Circumstances(snapshot);
        if (!c.isImport()) {
            return List.of();
        }
        String source = "the source (" + c.importFormat() + ")";
        List<Unseen> told = new ArrayList<>();
        if (!snapshot.begin().isKnown()) {
            told.add(told("no-times", source + " has no times",
                    "when this was, and how long anything lasted, is unknown",
                    "record with sockreel, or give a datagram-log its realtime_ns", true));
        }
        if (snapshot.dumps().stream().anyMatch(d -> !d.begin().knows(DumpBegin.KNOWS_EDGES))) {
            told.add(told("no-datagram-edges", source + " does not say where datagrams ended",
                    "a datagram that was lost or cut cannot be seen", "record with sockreel", true));
        }
        if (c.importFormat().equals(Origin.PCAP.id())) {
            told.add(told("no-loss-counts", source + " does not say whether packets were lost",
                    "a packet that the capture dropped inside a dump cannot be seen", "record with sockreel", true));
        }
        told.add(told("no-checksums", source + " has no checksums",
                "a value that was changed before the import cannot be seen", "", false));
        return told;
    }

    private static Unseen told(String id, String why, String what, String remedy, boolean weakens) {
        return new Unseen(id, List.of(), why, what, Unseen.NOT_KNOWN, remedy, weakens);
    }
}
