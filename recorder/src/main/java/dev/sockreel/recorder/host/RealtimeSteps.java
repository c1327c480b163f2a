package dev.sockreel.recorder.host;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Notices that CLOCK_REALTIME was set. Its distance to CLOCK_MONOTONIC is constant otherwise: adjtimex(2) slews both
 * clocks alike. What else changes the distance is a leap second, which is a step, and a suspended host, whose
 * CLOCK_MONOTONIC stands still. Not thread-safe.
 */
public final class RealtimeSteps {
    /** The distance that may change unnoticed; clocks of a virtual machine need not be exact. */
    static final long TOLERANCE_NS = 10_000_000;

    private static final long CLOSE_NS = 1_000_000;
    private static final int MAX_READS = 5;

    private final Clocks clocks;
    private Distance before;

    /** Reads both clocks. */
    interface Clocks {
        long realtimeNs();

        long monotonicNs();
    }

    /**
     * The distance from CLOCK_MONOTONIC to CLOCK_REALTIME. The thread may lose the CPU between two reads, so there is a
     * lowest and a highest.
     */
    private record Distance(long lowestNs, long highestNs, ReceiveTime at) {
        long widthNs() {
            return highestNs - lowestNs;
        }
    }

    public RealtimeSteps() {
        this(new Clocks() {
            @Override
            public long realtimeNs() {
                return ReceiveTime.now().realtimeNs();
            }

            @Override
            public long monotonicNs() {
                return System.nanoTime();
            }
        });
    }

    RealtimeSteps(Clocks clocks) {
        this.clocks = clocks;
        before = read();
    }

    private Distance read() {
        Distance best = readOnce();
        for (int i = 1; i < MAX_READS && best.widthNs() > CLOSE_NS; i++) {
            Distance next = readOnce();
            best = next.widthNs() < best.widthNs() ? next : best;
        }
        return best;
    }

    private Distance readOnce() {
        long from = clocks.monotonicNs();
        long realtimeNs = clocks.realtimeNs();
        long to = clocks.monotonicNs();
        return new Distance(realtimeNs - to, realtimeNs - from, new ReceiveTime(realtimeNs, to));
    }

    /**
     * Compares the clocks with the last look.
     *
     * @param snapshot number of the snapshot in which this happens, -1 for none
     * @return the note of a step, null where there was none
     */
    public @Nullable RecorderNote look(int snapshot) {
        Distance now = read();
        boolean isStep = now.lowestNs() - before.highestNs() > TOLERANCE_NS
                || before.lowestNs() - now.highestNs() > TOLERANCE_NS;
        long byNs = now.highestNs() - before.highestNs();
        before = isStep || now.widthNs() < before.widthNs() ? now : before;
        return isStep
                ? new RecorderNote(
                        snapshot, -1, RecorderNote.Kind.REALTIME_STEPPED, byNs, now.at(), text(now.at(), byNs))
                : null;
    }

    private static String text(ReceiveTime now, long byNs) {
        return String.format(Locale.ROOT, "CLOCK_REALTIME was set %s by %.3f s%s: from %s to %s",
                byNs < 0 ? "back" : "forward", Math.abs(byNs) / 1e9, byNs < 0 ? "" : ", or the host was suspended",
                Instant.ofEpochSecond(0, now.realtimeNs() - byNs), Instant.ofEpochSecond(0, now.realtimeNs()));
    }
}
