package dev.sockreel.verdict;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.Fault;
import java.util.Optional;

/** Compares a dump with the evidence around it. Has no state. */
interface DumpCheck {
    /** Empty when it finds nothing, or has nothing to compare with. */
    Optional<Fault> check(Dump dump, Surroundings around);
}
