package dev.sockreel.cli.demo;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.What;
import dev.sockreel.snapshot.Owner;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
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
                && (cause.severity() == severity
                        || cause.severity() == Severity.WARNING && isUnseen(cause, blocked, processes))
                && (blocked == null || has(cause, blocked, processes, b -> !Boolean.FALSE.equals(b)))
                && (waitsFor == null ? cause.waitsFor() == null : all.stream()
                        .filter(c -> accuses(c, waitsFor, processes))
                        .anyMatch(c -> c.id().equals(cause.waitsFor())
                                || cause.waitsFor() == null && isUnseen(c, culprit, processes)));
    }

    /** Returns whether the recorder did not get to look at a process that hangs: then it is not known that it does. */
    private static boolean isUnseen(Cause cause, @Nullable Role hanging, RoleProcesses processes) {
        return hanging != null && has(cause, hanging, processes, Objects::isNull);
    }

    private static boolean has(
            Cause cause, Role victim, RoleProcesses processes, Predicate<@Nullable Boolean> isBlocked) {
        return cause.victims().stream().anyMatch(v -> v.pid() == processes.pid(victim) && isBlocked.test(v.blocked()));
    }

    private static boolean accuses(Cause cause, Role role, RoleProcesses processes) {
        List<Owner> owners = cause.processes();
        return owners != null && !owners.isEmpty() && owners.getFirst().pid() == processes.pid(role);
    }
}
