package dev.sockreel.finding;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Severity;
import dev.sockreel.snapshot.SocketRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem of one socket, with the evidence for it.
 *
 * @param id           as users and scripts know it
 * @param cause        id of the cause that it belongs to: c1, c2, …; empty before causes are known
 * @param socket       as the last snapshot of the window shows it
 * @param since        first snapshot of the window
 * @param until        last snapshot of the window
 * @param atLeastSince a proved lower bound from before the window: what waits has waited since then at least; unknown
 *                     where there is none
 * @param snapshots    number of snapshots observed in the window
 * @param trend        {@code constant} or {@code growing}; null where it does not apply
 * @param why          one sentence that explains the problem
 * @param next         what to do about it
 */
public record Finding(
        String id,
        String cause,
        Severity severity,
        Certainty certainty,
        SocketRow socket,
        ReceiveTime since,
        ReceiveTime until,
        ReceiveTime atLeastSince,
        int snapshots,
        @Nullable String trend,
        List<Evidence> evidence,
        String why,
        String next) {
    public Finding {
        evidence = List.copyOf(evidence);
    }

    public Finding withCause(String id) {
        return new Finding(this.id, id, severity, certainty, socket, since, until, atLeastSince, snapshots, trend,
                evidence, why, next);
    }

    /** Returns the same finding of another time. */
    public Finding during(ReceiveTime from, ReceiveTime to, int seen, List<Evidence> all) {
        return new Finding(id, cause, severity, certainty, socket, from, to, atLeastSince, seen, trend, all, why, next);
    }

    public Finding withEvidence(List<Evidence> all) {
        return new Finding(id, cause, severity, certainty, socket, since, until, atLeastSince, snapshots, trend, all,
                why, next);
    }

    /** Returns the same finding with another weight, and a clause that says why. */
    public Finding weighed(Severity severity, Certainty certainty, String clause) {
        String longer = clause.isEmpty() ? why
                : (why.endsWith(".") ? why.substring(0, why.length() - 1) : why) + "; " + clause + ".";
        return new Finding(id, cause, severity, certainty, socket, since, until, atLeastSince, snapshots, trend,
                evidence, longer, next);
    }
}
