package dev.sockreel.cli.printing;

import dev.sockreel.cli.usage.UsageSentence;
import dev.sockreel.cli.usage.Words;
import dev.sockreel.failure.ErrorSentence;
import dev.sockreel.failure.NotACaptureException;
import dev.sockreel.filter.FilterException;
import dev.sockreel.output.ReaderGoneException;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.source.sink.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Prints errors as one sentence that says what is wrong, where, and what to do. */
public final class Failures {
    /** Prints the error, with a stack trace if {@code debug} is set. Returns the exit code. */
    public static int report(Throwable thrown, CommandLine command, boolean debug) {
        Throwable e = thrown instanceof UncheckedIOException u && u.getCause() != null ? u.getCause() : thrown;
        if (e instanceof ClosedPipeException || e instanceof ReaderGoneException) {
            return ExitCode.DONE; // the reader has seen enough
        }
        String misplaced = e instanceof NoSuchFileException ? Words.misplaced(command) : null;
        if (misplaced != null) {
            return usage(command, misplaced, null);
        }
        command.getErr().println("sockreel: " + Terminal.line(sentence(e)));
        if (debug) {
            thrown.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return ExitCode.FAILED;
    }

    /** Prints what is wrong with the command line, and where the help is. Returns the exit code. */
    public static int usage(CommandLine.ParameterException e) {
        CommandLine command = e.getCommandLine();
        boolean chooses = e.getCause() instanceof IllegalArgumentException; // a FILTER or SOCKET is not understood
        String misplaced = chooses ? Words.misplaced(command) : null;
        if (misplaced == null && e.getCause() instanceof FilterException) {
            misplaced = Words.fileAsFilter(command);
        }
        return misplaced != null ? usage(command, misplaced, null)
                : usage(command, UsageSentence.of(e), e.getCause() instanceof FilterException f ? f : null);
    }

    private static int usage(CommandLine command, String sentence, @Nullable FilterException filter) {
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + Terminal.line(sentence));
        if (filter != null) {
            command.getErr().print(FilterPlace.lines(filter));
        }
        command.getErr().println("`" + name + " --help` lists all options.");
        command.getErr().flush();
        return ExitCode.USAGE;
    }

    /** Returns the sentence for an error. */
    public static String sentence(Throwable e) {
        return switch (e) {
            case NoSuchFileException f -> f.getFile() + ": no such file";
            case AccessDeniedException f -> f.getFile() + ": permission denied";
            case FileAlreadyExistsException f ->
                f.getFile() + " already exists: choose another name, or --force to overwrite it";
            case NotACaptureException f -> message(f);
            case SourceException f -> message(f);
            case RecordingException f -> message(f);
            case FileSystemException f -> f.getFile() + ": " + (f.getReason() == null ? message(f) : f.getReason());
            case IOException f -> message(f);
            default -> {
                String known = ErrorSentence.of(e);
                yield known == null ? "this is a bug in sockreel (" + e + "); --debug shows where" : known;
            }
        };
    }

    private static String message(Throwable e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private Failures() {}
}
