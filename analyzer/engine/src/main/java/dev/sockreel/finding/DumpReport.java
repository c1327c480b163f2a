package dev.sockreel.finding;

import dev.sockreel.snapshot.Dump;
import dev.sockreel.snapshot.DumpVerdict;
import dev.sockreel.snapshot.Fault;
import dev.sockreel.snapshot.Snapshot;
import java.util.List;

/** What is told of one dump. */
public record DumpReport(int snapshot, String family, DumpVerdict verdict, List<Fault> faults, int sockets) {
    public static DumpReport of(Snapshot snapshot, Dump dump) {
        return new DumpReport(snapshot.index(), dump.family(), dump.verdict(), dump.faults(), dump.sockets());
    }
}
