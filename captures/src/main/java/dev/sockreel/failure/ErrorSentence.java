package dev.sockreel.failure;

import java.io.IOError;
import org.jspecify.annotations.Nullable;

/** Says in one sentence what is wrong with the JVM or what it runs on, and what to do. */
public final class ErrorSentence {
    /** Bounds the search for an error among causes, which may form a circle. */
    private static final int MAX_CAUSES = 20;

    /** Returns the sentence for an error, or for the error that caused it; null for none that is known here. */
    public static @Nullable String of(Throwable thrown) {
        Throwable e = thrown;
        for (int i = 0; e != null && i < MAX_CAUSES; i++, e = e.getCause()) {
            String sentence = ofThis(e);
            if (sentence != null) {
                return sentence;
            }
        }
        return null;
    }

    private static @Nullable String ofThis(Throwable thrown) {
        return switch (thrown) {
            case OutOfMemoryError e when message(e).contains("native thread") ->
                "no more threads can be started: raise the limit of processes (ulimit -u) or of the container's tasks";
            case OutOfMemoryError e -> "out of memory: set a larger heap, SOCKREEL_JAVA_OPTS=-Xmx4g";
            case StackOverflowError e ->
                "the stack is too small, the input may be nested too deeply: set a larger one,"
                        + " SOCKREEL_JAVA_OPTS=-Xss8m";
            case ExceptionInInitializerError e when e.getCause() != null -> null; // the cause says more
            case LinkageError e ->
                "a part of sockreel or of Java is missing or does not fit (" + name(e)
                        + "): it needs its whole jar and Java 25 or newer with the modules java.se, jdk.unsupported and"
                        + " jdk.zipfs";
            case IOError e -> message(e.getCause() == null ? e : e.getCause());
            case SecurityException e -> "not permitted: " + message(e);
            case VirtualMachineError e -> "Java failed (" + name(e) + "): try again, or another build of Java";
            default -> null;
        };
    }

    private static String name(Throwable e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName()
                : e.getClass().getSimpleName() + ": " + firstLine(message);
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? e.toString() : firstLine(e.getMessage());
    }

    /** The verifier of class files reports in many lines. */
    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }

    private ErrorSentence() {}
}
