package dev.sockreel.cli.printing;

/** The exit codes. Scripts rely on them. */
public final class ExitCode {
    /** Done, and the input is whole. */
    public static final int DONE = 0;
    /** The check that was asked for failed. */
    public static final int CHECK_FAILED = 1;
    /** The command line is wrong. */
    public static final int USAGE = 2;
    /** Could not be done: unreadable, not a capture, I/O, no permission. */
    public static final int FAILED = 3;
    /** Done, but the input was damaged or a dump among those shown is not complete. */
    public static final int DAMAGED = 4;

    private ExitCode() {}
}
