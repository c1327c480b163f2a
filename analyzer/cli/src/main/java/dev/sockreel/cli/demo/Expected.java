package dev.sockreel.cli.demo;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.What;
import dev.sockreel.snapshot.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cause that the demo must find.
 *
 * @param culprit  process that must act
 * @param blocked  process that hangs because of it, null for none; on a busy machine the recorder may not get to look at
 *                 its threads, so that this is not known
 * @param waitsFor process of another cause that keeps this one from acting, null for none
 */
record Expected(Role culprit, What what, Severity severity, @Nullable Role blocked, @Nullable Role waitsFor) {
    static final List<Expected> ALL = List.of(
            new Expected(Role.READER, What.NOT_READING, Severity.CRITICAL, Role.WRITER, null),
            new Expected(Role.SLEEPER, What.NOT_READING, Severity.WARNING, null, null),
            new Expected(Role.LOGGER, What.WAITING, Severity.INFO, null, null),
            new Expected(Role.SERVER, What.NOT_ACCEPTING, Severity.CRITICAL, null, null),
            new Expected(Role.BACKEND, What.NOT_READING, Severity.CRITICAL, Role.PROXY, null),
            new Expected(Role.PROXY, What.NOT_READING, Severity.CRITICAL, Role.UPLOADER, Role.BACKEND));

    /** Returns whether one of these causes is it. */
    boolean isAmong(List<Cause> causes, RoleProcesses processes) {
        return causes.stream().anyMatch(c -> is(c, causes, processes));
    }

    private boolean is(Cause cause, List<Cause> all, RoleProcesses processes) {
        return accuses(cause, culprit, processes)
                && cause.what() == what
                && cause.severity() == severity
                && (blocked == null || cause.victims().stream()
                        .anyMatch(v -> v.pid() == processes.pid(blocked) && !Boolean.FALSE.equals(v.blocked())))
                && (waitsFor == null ? cause.waitsFor() == null : all.stream()
                        .anyMatch(c -> c.id().equals(cause.waitsFor()) && accuses(c, waitsFor, processes)));
    }

    private static boolean accuses(Cause cause, Role role, RoleProcesses processes) {
        List<Owner> owners = cause.processes();
        return owners != null && !owners.isEmpty() && owners.getFirst().pid() == processes.pid(role);
    }
}
