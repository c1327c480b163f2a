package dev.sockreel.cli.printing;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.IntSupplier;
import picocli.CommandLine.Help.Ansi;

/**
 * Standard input, output and error of one command: those of the process, unless whoever runs the command gives it
 * others. They hold for the thread that runs the command, so commands may run side by side in one JVM.
 *
 * @param outTerminal whether a person reads {@code out}
 * @param errTerminal whether a person reads {@code err}
 * @param ansi        whether {@code out} takes colours
 * @param columns     width of the terminal; asked only where there is one
 */
public record Streams(
        InputStream in, Stdout out, PrintWriter err, boolean outTerminal, boolean errTerminal, Ansi ansi,
        IntSupplier columns) {
    private static final Streams OF_PROCESS = ofProcess();
    private static final ScopedValue<Streams> CURRENT = ScopedValue.newInstance();

    /** Returns streams that are no terminals and take no colours; text is UTF-8. */
    public static Streams of(InputStream in, OutputStream out, OutputStream err) {
        return new Streams(in, new Stdout(out), writer(err), false, false, Ansi.OFF, () -> 0);
    }

    /** Returns streams that a person reads on a terminal of this width, without colours. */
    public static Streams onTerminal(InputStream in, OutputStream out, OutputStream err, int columns) {
        return new Streams(in, new Stdout(out), fitted(err, () -> columns), true, true, Ansi.OFF, () -> columns);
    }

    private static Streams ofProcess() {
        boolean out = Terminal.isTerminal(1);
        boolean err = Terminal.isTerminal(2);
        return new Streams(
                System.in, new Stdout(new FileOutputStream(FileDescriptor.out)),
                err ? fitted(System.err, TerminalWidth::ofProcess) : writer(System.err), out, err,
                Terminal.colours(out, System.getenv("NO_COLOR"), System.getenv("TERM")), TerminalWidth::ofProcess);
    }

    /** Returns the streams of the command that this thread runs. */
    public static Streams current() {
        return CURRENT.orElse(OF_PROCESS);
    }

    /** Returns whether a person types standard input. */
    public boolean inTerminal() {
        return this == OF_PROCESS && Terminal.isTerminal(0);
    }

    /** Runs a command with these streams and returns its exit code. */
    public int run(IntSupplier command) {
        return ScopedValue.where(CURRENT, this).call(command::getAsInt);
    }

    /** Names in errors are not cut so that a line fits: it is broken instead. */
    private static PrintWriter fitted(OutputStream err, IntSupplier columns) {
        return new PrintWriter(new FittedLines(writer(err), columns, false), true);
    }

    private static PrintWriter writer(OutputStream err) {
        return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    }
}
