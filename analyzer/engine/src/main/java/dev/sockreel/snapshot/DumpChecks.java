package dev.sockreel.snapshot;

import java.util.List;
import java.util.Optional;

/** All checks of dumps by what stands around them. */
final class DumpChecks {
    static final List<DumpCheck> ALL =
            List.of(new CountCheck(), new IconsCheck(), new ReturnedCheck(), new LoopbackCheck(), new SlowCheck());

    /** The snapshot in the middle, its dumps judged. */
    static Snapshot judge(Surroundings around) {
        return around.snapshot().withDumps(
                around.snapshot().dumps().stream().map(d -> judge(d, around)).toList());
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
