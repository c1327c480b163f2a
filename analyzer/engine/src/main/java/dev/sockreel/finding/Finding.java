package dev.sockreel.finding;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Severity;
import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong, with what shows it.
 *
 * @param id        as users and scripts know it
 * @param socket    as the last snapshot of the window shows it
 * @param since     first snapshot of the window
 * @param until     last snapshot of the window
 * @param snapshots observed in the window
 * @param trend     constant, growing; null where it does not apply
 * @param why       one sentence a person understands
 * @param next      what to do
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
