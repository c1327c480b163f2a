package dev.sockreel.cli;

/** What scripts may rely on. */
final class ExitCode {
    static final int DONE = 0;
    /** The check that was asked for failed. */
    static final int CHECK_FAILED = 1;
    static final int USAGE = 2;
    /** Could not be done: unreadable, not a capture, I/O, no permission. */
    static final int FAILED = 3;
    /** Done, but the input was damaged or a dump among those shown is not complete. */
    static final int DAMAGED = 4;

    private ExitCode() {}
}
