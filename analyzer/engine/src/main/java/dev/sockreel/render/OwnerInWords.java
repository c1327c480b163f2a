package dev.sockreel.render;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.process.ProcessFacts;
import dev.sockreel.process.ThreadWait;
import dev.sockreel.snapshot.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A process in words: who it is, and as of when it is known to hold the socket. */
public final class OwnerInWords {
    private static final int MAX_CALLS = 3;
    private static final long SECOND_NS = 1_000_000_000L;

    /**
     * Returns name, pid, descriptor, unit, container, user, state and the date of the look-up, as far as known.
     *
     * @param until end of the observation; an older look-up is dated
     */
    public static String whole(Owner owner, ReceiveTime until) {
        ProcessFacts facts = owner.process().facts();
        List<String> parts = new ArrayList<>();
        parts.add(owner.comm() + " pid " + owner.pid() + " fd " + owner.fd());
        if (facts.cgroup().unit() != null) {
            parts.add(facts.cgroup().unit());
        }
        if (facts.cgroup().container() != null) {
            parts.add("container " + facts.cgroup().container().shortId());
        }
        if (facts.user() != null) {
            parts.add("user " + facts.user());
        }
        if (owner.isStopped()) {
            parts.add("stopped (" + owner.state() + ")");
        }
        String calls = calls(owner);
        if (!calls.isEmpty()) {
            parts.add("in " + calls);
        }
        boolean isOld = owner.asOf().isKnown() && until.isKnown()
                && until.realtimeNs() - owner.asOf().realtimeNs() > 2 * SECOND_NS;
        if (isOld) {
            parts.add("as of " + Rfc3339.seconds(owner.asOf().realtimeNs()));
        }
        return String.join(", ", parts);
    }

    /** Returns the system calls that its threads were in, each once, a few of them. */
    private static String calls(Owner owner) {
        List<ThreadWait> threads = owner.process().threads();
        return threads == null ? "" : threads.stream()
                .filter(t -> t.syscall() != null)
                .map(t -> t.syscall() + (t.fd() == ThreadWait.NO_FD ? "" : "(" + t.fd() + ")"))
                .distinct()
                .limit(MAX_CALLS)
                .collect(Collectors.joining(", "));
    }

    private OwnerInWords() {}
}
