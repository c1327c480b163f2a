package dev.sockreel.finding;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Severity;
import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem of one socket, with the evidence for it.
 *
 * @param id        as users and scripts know it
 * @param socket    as the last snapshot of the window shows it
 * @param since     first snapshot of the window
 * @param until     last snapshot of the window
 * @param snapshots number of snapshots observed in the window
 * @param trend     {@code constant} or {@code growing}; null where it does not apply
 * @param why       one sentence that explains the problem
 * @param next      what to do about it
 */
public record Finding(
        String id,
        Severity severity,
        Certainty certainty,
        SocketRow socket,
        ReceiveTime since,
        ReceiveTime until,
        int snapshots,
        @Nullable String trend,
        List<Evidence> evidence,
        String why,
        String next) {
    public Finding {
        evidence = List.copyOf(evidence);
    }
}
