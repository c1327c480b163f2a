package dev.sockreel.verdict;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.Fault;
import java.util.Optional;

/** Compares a dump with the evidence around it. Implementations are stateless. */
interface DumpCheck {
    /** Returns the fault found; empty when there is none, or nothing to compare with. */
    Optional<Fault> check(Dump dump, Surroundings around);
}
