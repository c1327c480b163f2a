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
 */
public record Streams(
        InputStream in, Stdout out, PrintWriter err, boolean outTerminal, boolean errTerminal, Ansi ansi) {
    private static final Streams OF_PROCESS = new Streams(
            System.in, new Stdout(new FileOutputStream(FileDescriptor.out)), writer(System.err),
            Terminal.isTerminal(1), Terminal.isTerminal(2), Ansi.AUTO);
    private static final ScopedValue<Streams> CURRENT = ScopedValue.newInstance();

    /** Returns streams that are no terminals and take no colours; text is UTF-8. */
    public static Streams of(InputStream in, OutputStream out, OutputStream err) {
        return new Streams(in, new Stdout(out), writer(err), false, false, Ansi.OFF);
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

    private static PrintWriter writer(OutputStream err) {
        return new PrintWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8), true);
    }
}
