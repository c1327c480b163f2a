package dev.sockreel.verdict;

import dev.sockreel.dump.CookieIndex;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import dev.sockreel.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/** All checks that compare a dump with the evidence around it. */
public final class DumpChecks {
    static final List<DumpCheck> ALL =
            List.of(new CountCheck(), new IconsCheck(), new ReturnedCheck(), new LoopbackCheck(), new SlowCheck());

    /** Returns the middle snapshot with its dumps judged, and the tables of /proc/net that stand in for dumps. */
    public static Snapshot judge(Surroundings around) {
        Snapshot snapshot = around.snapshot();
        return snapshot.judged(
                snapshot.dumps().stream().map(d -> judge(d, around)).toList(),
                snapshot.procFiles().stream().map(f -> f.with(ProcTableCheck.faults(f, around))).toList());
    }

    private static Dump judge(Dump dump, Surroundings around) {
        List<Fault> faults = faults(dump, around);
        boolean missed = faults.stream().anyMatch(f -> f.kind() == DumpFault.VANISHED_AND_RETURNED);
        return dump.with(faults, missed ? ReturnedCheck.returned(dump, around) : CookieIndex.NONE);
    }

    private static List<Fault> faults(Dump dump, Surroundings around) {
        return ALL.stream().map(c -> c.check(dump, around)).flatMap(Optional::stream).toList();
    }

    private DumpChecks() {}
}
