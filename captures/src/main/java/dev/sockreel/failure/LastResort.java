package dev.sockreel.failure;

import java.io.PrintStream;

/**
 * Says in one sentence what nothing else caught, and makes the process exit with {@value #FAILED}: errors of the JVM's
 * start, and those on threads that no command waits for.
 */
public final class LastResort {
    /** The exit code. */
    public static final int FAILED = 3;

    private static volatile boolean failed;

    /** Installs itself for all threads of the process. */
    public static void install() {
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> report(e, System.err));
    }

    /** Prints the sentence. */
    public static void report(Throwable e, PrintStream err) {
        failed = true;
        err.println("sockreel: " + sentence(e));
        err.flush();
    }

    /** Returns the process's exit code: the command's, or that something else failed beside it. */
    public static int exitCode(int command) {
        return failed ? FAILED : command;
    }

    private static String sentence(Throwable e) {
        try {
            String known = ErrorSentence.of(e);
            return known == null ? "this is a bug in sockreel (" + e + "); --debug shows where" : known;
        } catch (LinkageError | VirtualMachineError again) {
            return "failed, and so did saying why"; // no memory, or not even these classes
        }
    }

    private LastResort() {}
}
