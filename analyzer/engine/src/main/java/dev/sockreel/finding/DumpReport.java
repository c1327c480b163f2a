package dev.sockreel.finding;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Fault;
import dev.sockreel.snapshot.Snapshot;
import java.util.List;

/** Summary of one dump. */
public record DumpReport(int snapshot, String family, DumpVerdict verdict, List<Fault> faults, int sockets) {
    public static DumpReport of(Snapshot snapshot, Dump dump) {
        return new DumpReport(snapshot.index(), dump.family(), dump.verdict(), dump.faults(), dump.sockets());
    }
}
