package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.cli.Incident.Role;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Victim;
import dev.sockreel.finding.What;
import dev.sockreel.snapshot.Owner;
import java.util.List;

/** Causes of an incident by the roles that they accuse. */
record CauseCheck(List<Cause> causes, String text) {
    /** Returns the only cause that accuses a role before all others. */
    Cause of(Role role, What what, Severity severity) {
        List<Cause> found = accusing(role);
        assertEquals(1, found.size(), () -> role.comm() + " " + role.pid() + ": " + text);
        assertEquals(what + " " + severity, found.getFirst().what() + " " + found.getFirst().severity(),
                () -> role.comm() + " " + role.pid() + ": " + text);
        return found.getFirst();
    }

    /** Returns the causes among whose processes a role is. */
    List<Cause> accusing(Role role) {
        return accusing(role.pid());
    }

    List<Cause> accusing(int pid) {
        return causes.stream().filter(c -> {
            List<Owner> owners = c.processes();
            return owners != null && owners.stream().anyMatch(o -> o.pid() == pid);
        }).toList();
    }

    void accuseNone(Role... innocent) {
        for (Role role : innocent) {
            assertEquals(List.of(), accusing(role), () -> role.comm() + " " + role.pid() + ": " + text);
        }
    }

    Victim victim(Cause cause, Role role) {
        return cause.victims().stream().filter(v -> v.pid() == role.pid()).findFirst()
                .orElseThrow(() -> new AssertionError(role.comm() + " is no victim of " + cause.id() + ": " + text));
    }
}
