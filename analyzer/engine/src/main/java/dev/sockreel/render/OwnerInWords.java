package dev.sockreel.render;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.process.ProcessFacts;
import dev.sockreel.process.ThreadWait;
import dev.sockreel.snapshot.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A process in words: who it is, and as of when it is known to hold the socket. */
public final class OwnerInWords {
    private static final int MAX_CALLS = 3;
    private static final long SECOND_NS = 1_000_000_000L;

    /**
     * Returns name, pid, descriptor, unit, container, user, state and the date of the look-up, as far as known.
     *
     * @param until end of the observation; an older look-up is dated
     * @param more  one more thing to say, empty for nothing
     */
    public static String whole(Owner owner, ReceiveTime until, String more) {
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
        if (!more.isEmpty()) {
            parts.add(more);
        }
        boolean isOld = owner.asOf().isKnown() && until.isKnown()
                && until.nanosSince(owner.asOf()) > 2 * SECOND_NS;
        if (isOld) {
            parts.add("as of " + dated(owner.asOf(), until));
        }
        return String.join(", ", parts);
    }

    /** Returns the time of day, with the date if that is another. */
    private static @Nullable String dated(ReceiveTime time, ReceiveTime until) {
        String full = Rfc3339.seconds(time.realtimeNs());
        String day = Rfc3339.seconds(until.realtimeNs());
        int at = full == null ? -1 : full.indexOf('T');
        return full == null || day == null || !day.startsWith(full.substring(0, at)) ? full : full.substring(at + 1);
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
