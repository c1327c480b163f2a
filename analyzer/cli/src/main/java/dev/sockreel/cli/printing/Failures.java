package dev.sockreel.cli.printing;

import dev.sockreel.capture.NotACaptureException;
import dev.sockreel.failure.ErrorSentence;
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
import picocli.CommandLine;

/** Prints errors as one sentence that says what is wrong, where, and what to do. */
public final class Failures {
    /** Prints the error, with a stack trace if {@code debug} is set. Returns the exit code. */
    public static int report(Throwable thrown, CommandLine command, boolean debug) {
        Throwable e = thrown instanceof UncheckedIOException u && u.getCause() != null ? u.getCause() : thrown;
        if (e instanceof ClosedPipeException || e instanceof ReaderGoneException) {
            return ExitCode.DONE; // the reader has seen enough
        }
        command.getErr().println("sockreel: " + Terminal.line(sentence(e)));
        if (debug) {
            thrown.printStackTrace(command.getErr());
        }
        command.getErr().flush();
        return ExitCode.FAILED;
    }

    /** Prints what is wrong with the command line, suggestions, and where the help is. Returns the exit code. */
    public static int usage(CommandLine.ParameterException e) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + Terminal.line(message(e)));
        if (e.getCause() instanceof FilterException filter) {
            command.getErr().print(FilterPlace.lines(filter));
        }
        CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
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
