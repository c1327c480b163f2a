package dev.sockreel.cli.files;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.Damage;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.cli.choosing.CapturesArgument;
import dev.sockreel.cli.choosing.ReadableCaptures;
import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Fault;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The {@code sockreel verify} command. Prints a line for each fault; exits 0 if there is none, else 1. A file that is no
 * capture is a fault among others and ends the command with 3 alone.
 */
@Command(name = "verify", description = "Checks all checksums and whether every dump is complete.")
public final class VerifyCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private CapturesArgument captures = new CapturesArgument();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Stdout.get().text();
        InputProblems unreadable = new InputProblems();
        boolean whole = true;
        for (Path file : ReadableCaptures.of(captures.files(), unreadable)) {
            whole &= verify(file, out);
            Stdout.get().check();
        }
        unreadable.print(spec.commandLine().getErr());
        return whole && unreadable.exitCode() == ExitCode.DONE ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private static boolean verify(Path file, PrintWriter out) throws IOException {
        String name = Terminal.printable(file.toString());
        int faults = 0;
        int snapshots = 0;
        int dumps = 0;
        int unavailable = 0;
        long tables = 0;
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                snapshots++;
                tables += tables(s);
                for (Dump dump : s.dumps()) {
                    dumps++;
                    unavailable += dump.verdict() == DumpVerdict.UNAVAILABLE ? 1 : 0;
                    faults += printFaults(name, s, dump, out);
                }
                faults += printTableFaults(name, s, out);
                faults += printFaults(name, s, out);
                printLost(name, s.notes(), out);
            }
            printLost(name, reader.looseNotes(), out);
            faults += printFaults(name, reader.capture(), out);
        }
        out.println("%s: %s: %s, %s%s%s".formatted(
                name, faults == 0 ? "whole" : Counted.of(faults, "fault"), Counted.of(snapshots, "snapshot"),
                Counted.of(dumps, "dump"),
                dumps > 0 ? "" : ", " + Counted.of(tables, "table") + " of /proc/net",
                unavailable == 0 ? ""
                        : String.format(Locale.ROOT, " (%d of unavailable families)", unavailable)));
        return faults == 0;
    }

    /** Prints the faults that make a dump incomplete, and returns their number. */
    private static int printFaults(String file, Snapshot s, Dump dump, PrintWriter out) {
        int faults = 0;
        for (Fault f : dump.faults()) {
            DumpVerdict forced = f.kind().verdict();
            if (forced != DumpVerdict.COMPLETE && forced != DumpVerdict.UNAVAILABLE) {
                out.println("%s: %s: snapshot %d, %s (dump %d), %s: %s".formatted(
                        file, f.kind().id(), s.index(), dump.family(), dump.begin().dump(),
                        Terminal.sentence(f.where()),
                        Terminal.sentence(f.why())));
                faults++;
            }
        }
        return faults;
    }

    /** Returns the number of tables of /proc/net that stand in for dumps. */
    private static long tables(Snapshot s) {
        return s.procFiles().stream().filter(f -> f.errno() == 0 && s.standsIn(f)).count();
    }

    /** Prints the faults of tables of /proc/net that stand in for dumps, and returns their number. */
    private static int printTableFaults(String file, Snapshot s, PrintWriter out) {
        int faults = 0;
        for (ProcFile text : s.procFiles()) {
            for (Fault f : text.faults()) {
                out.println("%s: %s: snapshot %d, %s: %s".formatted(
                        file, f.kind().id(), s.index(), Terminal.printable(text.path()), Terminal.sentence(f.why())));
                faults++;
            }
        }
        return faults;
    }

    private static int printFaults(String file, Snapshot s, PrintWriter out) {
        if (s.damaged()) {
            out.println("%s: checksum: snapshot %d: records are missing".formatted(file, s.index()));
        }
        if (!s.isFinished()) {
            out.println("%s: file-cut: snapshot %d: its end is missing".formatted(file, s.index()));
        }
        return (s.damaged() ? 1 : 0) + (s.isFinished() ? 0 : 1);
    }

    private static int printFaults(String file, CaptureReader capture, PrintWriter out) {
        List<Damage> damages = new ArrayList<>(capture.damages());
        if (capture.ending() == CaptureReader.Ending.NOT_CLOSED) {
            damages.add(capture.unclosed());
        }
        for (Damage d : damages) {
            String id = switch (d.kind()) {
                case CUT -> "file-cut";
                case CHECKSUM, LOST -> "checksum";
                case CONTRADICTION -> "contradiction";
                case LIMIT -> "limit";
            };
            out.println("%s: %s: %s: %s".formatted(file, id, d.where(), d.why()));
        }
        return damages.size();
    }

    /** Prints what a recovered file lacks between two snapshots. These are not counted: the file itself is whole. */
    private static void printLost(String file, List<RecorderNote> notes, PrintWriter out) {
        notes.stream().filter(InputProblems::isAboutLostSnapshots)
                .forEach(n -> out.println("%s: recovered: %s".formatted(file, Terminal.sentence(n.text()))));
    }
}
