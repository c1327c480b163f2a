package dev.sockreel.recorder;

import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.wording.Amounts;
import dev.sockreel.wording.Counted;
import dev.sockreel.wording.PrintableName;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints what a recording tells. On a terminal the totals stand in a last line that is overwritten after each snapshot;
 * elsewhere they are not printed.
 */
public final class Ticker implements RecordingListener {
    private static final String CLEAR_LINE = "\r\u001b[K";
    /** One less than 80: a terminal that wide would wrap after the last. */
    private static final int MAX_COLUMNS = 79;
    private static final long NOTICEABLE_NS = 10_000_000L;

    private final PrintWriter err;
    private final boolean terminal;
    private final int count;
    private final @Nullable Duration duration;
    private final long intervalNs;
    private boolean shown;

    /** @param terminal whether a person reads {@code err} */
    public Ticker(PrintWriter err, boolean terminal, RecordOptions options) {
        this.err = err;
        this.terminal = terminal;
        this.count = options.count();
        this.duration = options.duration();
        this.intervalNs = options.interval().toNanos();
    }

    @Override
    public synchronized void say(String line) {
        clear();
        err.println(PrintableName.of(line));
        err.flush();
    }

    @Override
    public synchronized void took(RecordedSoFar totals) {
        if (terminal) {
            err.print(CLEAR_LINE + line(totals));
            err.flush();
            shown = true;
        }
    }

    /** Removes the line that is overwritten. */
    public synchronized void end() {
        clear();
        err.flush();
    }

    private void clear() {
        if (shown) {
            err.print(CLEAR_LINE);
            shown = false;
        }
    }

    private String line(RecordedSoFar t) {
        List<String> parts = new ArrayList<>();
        parts.add(count > 0 ? t.snapshots() + " of " + Counted.of(count, "snapshot")
                : Counted.of(t.snapshots(), "snapshot"));
        if (t.missed() > 0) {
            parts.add(t.missed() + " skipped");
        }
        if (t.unfinished() > 0) {
            parts.add(Counted.of(t.unfinished(), "dump") + " not whole");
        }
        parts.add(Amounts.span(t.elapsedNs()) + left(t));
        if (t.isCounted()) {
            parts.add(Counted.of(t.sockets(), "socket"));
        }
        parts.add(Amounts.size(t.fileBytes()) + " on disk");
        if (t.lateNs() >= NOTICEABLE_NS) {
            parts.add(t.lateNs() / 1_000_000 + " ms late");
        }
        return SummaryText.joined(parts, ", ", MAX_COLUMNS);
    }

    private String left(RecordedSoFar t) {
        long byCount = count > 0 ? (count - t.snapshots()) * intervalNs : Long.MAX_VALUE;
        long byTime = duration == null ? Long.MAX_VALUE : duration.toNanos() - t.elapsedNs();
        long left = Math.min(byCount, byTime);
        return left == Long.MAX_VALUE ? "" : " (" + Amounts.span(left) + " left)";
    }
}
