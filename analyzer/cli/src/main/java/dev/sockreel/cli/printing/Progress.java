package dev.sockreel.cli.printing;

import java.io.PrintWriter;

/** Shows progress in one line on standard error that is overwritten; shows nothing if that is not a terminal. */
public final class Progress {
    private static final long MIN_INTERVAL_NS = 200_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean shown = Streams.current().errTerminal();
    private long lastNs = System.nanoTime();
    private boolean dirty;

    public Progress(PrintWriter err) {
        this.err = err;
    }

    /** Shows the text, at most five times a second. */
    public void show(String text) {
        if (shown && System.nanoTime() - lastNs >= MIN_INTERVAL_NS) {
            err.print(CLEAR_LINE + text);
            err.flush();
            lastNs = System.nanoTime();
            dirty = true;
        }
    }

    /** Clears the line. */
    public void end() {
        if (dirty) {
            err.print(CLEAR_LINE);
            err.flush();
            dirty = false;
        }
    }
}
