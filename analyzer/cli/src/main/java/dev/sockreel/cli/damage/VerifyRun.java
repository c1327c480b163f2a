package dev.sockreel.cli.damage;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.Damage;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Fault;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Reads one file to its end and prints its faults. */
final class VerifyRun {
    private final Path file;
    private final VerifyPrinter printer;
    private int faults;

    VerifyRun(Path file, VerifyPrinter printer) {
        this.file = file;
        this.printer = printer;
    }

    VerifyResult run() throws IOException {
        int snapshots = 0;
        int dumps = 0;
        int unavailable = 0;
        long tables = 0;
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            printer.begin(file);
            Snapshot s;
            while ((s = reader.next()) != null) {
                snapshots++;
                tables += tables(s);
                for (Dump dump : s.dumps()) {
                    dumps++;
                    unavailable += dump.verdict() == DumpVerdict.UNAVAILABLE ? 1 : 0;
                    faultsOf(s, dump);
                }
                faultsOf(s);
                lost(s.notes());
            }
            lost(reader.looseNotes());
            faultsOf(reader.capture());
        }
        VerifyResult result = new VerifyResult(faults, snapshots, dumps, tables, unavailable);
        printer.end(file, result);
        return result;
    }

    private void print(VerifyFault fault) throws IOException {
        printer.fault(file, fault);
        faults++;
    }

    /** Prints the faults that make a dump incomplete. */
    private void faultsOf(Snapshot s, Dump dump) throws IOException {
        for (Fault f : dump.faults()) {
            DumpVerdict forced = f.kind().verdict();
            if (forced != DumpVerdict.COMPLETE && forced != DumpVerdict.UNAVAILABLE) {
                print(VerifyFault.of(s, dump, f));
            }
        }
    }

    /** Returns the number of tables of /proc/net that stand in for dumps. */
    private static long tables(Snapshot s) {
        return s.procFiles().stream().filter(f -> f.errno() == 0 && s.standsIn(f)).count();
    }

    /** Prints the faults of tables of /proc/net that stand in for dumps, and those of the snapshot itself. */
    private void faultsOf(Snapshot s) throws IOException {
        for (ProcFile text : s.procFiles()) {
            for (Fault f : text.faults()) {
                print(VerifyFault.of(s, text, f));
            }
        }
        if (s.damaged()) {
            print(VerifyFault.of(s, "checksum", "records are missing"));
        }
        if (!s.isFinished()) {
            print(VerifyFault.of(s, "file-cut", "its end is missing"));
        }
    }

    private void faultsOf(CaptureReader capture) throws IOException {
        for (Damage damage : capture.damages()) {
            print(VerifyFault.of(damage));
        }
        if (capture.ending() == CaptureReader.Ending.NOT_CLOSED) {
            print(VerifyFault.of(capture.unclosed()));
        }
    }

    /** Prints what a recovered file lacks between two snapshots. */
    private void lost(List<RecorderNote> notes) throws IOException {
        for (RecorderNote note : notes) {
            if (InputProblems.isAboutLostSnapshots(note)) {
                printer.recovered(file, note.text());
            }
        }
    }
}
