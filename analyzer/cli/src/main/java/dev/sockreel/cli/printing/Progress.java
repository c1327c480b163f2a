package dev.sockreel.cli.printing;

import java.io.PrintWriter;

/** How far long work has come: one line on standard error that is written again, and only on a terminal. */
public final class Progress {
    private static final long BETWEEN_NS = 200_000_000L;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean shown = Streams.current().errTerminal();
    private long lastNs = System.nanoTime();
    private boolean dirty;

    public Progress(PrintWriter err) {
        this.err = err;
    }

    /** Not more than a few times a second. */
    public void tell(String words) {
        if (shown && System.nanoTime() - lastNs >= BETWEEN_NS) {
            err.print(CLEAR_LINE + words);
            err.flush();
            lastNs = System.nanoTime();
            dirty = true;
        }
    }

    /** Leaves nothing behind. */
    public void end() {
        if (dirty) {
            err.print(CLEAR_LINE);
            err.flush();
            dirty = false;
        }
    }
}
