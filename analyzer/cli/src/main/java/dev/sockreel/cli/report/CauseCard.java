package dev.sockreel.cli.report;

import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Victim;
import dev.sockreel.render.OwnerInWords;
import dev.sockreel.report.ProcessStates;
import dev.sockreel.report.SnapshotSummary;
import dev.sockreel.report.Timeline;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cause as the page shows it.
 *
 * @param id               id of its element, too
 * @param certainty        id of the certainty
 * @param certaintyMeaning what the certainty means
 * @param process          the process to look at first, in short
 * @param who              the processes that must act
 * @param others           names of those after them; null for none
 * @param isUnknown        true if it is not known which processes must act
 * @param where            the address, the other ends and the namespace; null if none is known
 * @param atLeastSince     a proved lower bound from before the observation; null for none
 * @param seen             the time of the observation
 * @param victims          the processes at the other end, grouped by whether they are blocked
 * @param waitsFor         the cause that keeps its process from acting; null for none or itself
 * @param waiting          the causes that wait for this one
 * @param states           the states of its first processes over time
 * @param behind           numbers of its sockets and findings
 */
record CauseCard(
        String id,
        String severity,
        String what,
        String certainty,
        String certaintyMeaning,
        String sentence,
        String process,
        List<Who> who,
        @Nullable String others,
        boolean isUnknown,
        @Nullable String where,
        @Nullable String atLeastSince,
        String seen,
        List<Victims> victims,
        CauseLinks.@Nullable Link waitsFor,
        boolean waitsForItself,
        List<CauseLinks.Link> waiting,
        String next,
        List<StatesView> states,
        String behind,
        FindingViews findings) {
    private static final int MAX_WHO = 5;
    private static final int MAX_NAMES = 24;
    private static final int MAX_REMOTES = 3;
    /** Characters of a command line shown at most. */
    private static final int MAX_COMMAND = 400;

    /**
     * A process.
     *
     * @param command its command line; null where it is not known
     */
    record Who(String text, @Nullable String command) {}

    /** Processes at the other end. */
    record Victims(String label, String names) {}

    static CauseCard of(
            Cause cause, CauseLinks links, List<ProcessStates> states, List<Timeline.Column> columns,
            List<SnapshotSummary> snapshots, FindingViews findings) {
        List<Owner> owners = cause.processes() == null ? List.of() : cause.processes();
        return new CauseCard(
                cause.id(),
                cause.severity().id(),
                cause.what().id(),
                cause.certainty().id(),
                FindingCard.meaning(cause.certainty()),
                cause.sentence(),
                process(cause),
                CauseViews.first(owners, MAX_WHO).stream().map(o -> who(o, cause)).toList(),
                others(CauseViews.after(owners, MAX_WHO)),
                cause.processes() == null,
                where(cause),
                cause.atLeastSince().isKnown() ? PageTime.full(cause.atLeastSince()) : null,
                seen(cause),
                victims(cause.victims(), links.blockedBehind(cause)),
                links.waitsFor(cause),
                cause.waitsForItself(),
                links.waitingFor(cause),
                cause.next(),
                states.stream().filter(ProcessStates::isRecorded).map(s -> StatesView.of(s, columns, snapshots))
                        .toList(),
                Counted.of(cause.sockets(), "socket") + ", " + Counted.of(cause.findings().size(), "finding"),
                findings);
    }

    /** Returns the process to look at first, or what stands for it. */
    static String process(Cause cause) {
        List<Owner> owners = cause.processes();
        if (owners == null) {
            return "process not known";
        }
        return owners.isEmpty() ? "no process"
                : owners.getFirst().comm() + " (pid " + owners.getFirst().pid() + ")";
    }

    private static Who who(Owner owner, Cause cause) {
        String command = owner.process().facts().cmdline().text();
        String shown = command == null || command.length() <= MAX_COMMAND ? command
                : command.substring(0, command.offsetByCodePoints(0, MAX_COMMAND / 2)) + " …";
        return new Who(OwnerInWords.whole(owner, cause.until(), ""), shown);
    }

    private static @Nullable String others(List<Owner> owners) {
        return owners.isEmpty() ? null
                : limited(owners.stream().map(o -> o.comm() + " " + o.pid()).toList());
    }

    private static String limited(List<String> names) {
        return String.join(", ", CauseViews.first(names, MAX_NAMES))
                + (names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "");
    }

    private static @Nullable String where(Cause cause) {
        List<String> parts = new ArrayList<>();
        if (cause.at() != null) {
            parts.add(cause.at());
        }
        if (!cause.remote().isEmpty()) {
            parts.add("with " + cause.remote().entrySet().stream().limit(MAX_REMOTES).map(CauseCard::counted)
                    .collect(Collectors.joining(", "))
                    + (cause.remote().size() > MAX_REMOTES
                            ? " and " + (cause.remote().size() - MAX_REMOTES) + " more" : ""));
        }
        if (cause.netnsName() != null) {
            parts.add("namespace " + cause.netnsName());
        } else if (cause.netns() != 0) {
            parts.add("net:[" + cause.netns() + "]");
        }
        return parts.isEmpty() ? null : String.join(", ", parts);
    }

    private static String counted(Map.Entry<String, Integer> remote) {
        return remote.getKey() + (remote.getValue() == 1 ? "" : " (" + remote.getValue() + ")");
    }

    private static String seen(Cause cause) {
        if (!cause.since().isKnown()) {
            return PageTime.full(cause.since());
        }
        return cause.since().equals(cause.until())
                ? "seen at " + PageTime.full(cause.since()) + " UTC"
                : "seen from " + PageTime.full(cause.since()) + " to " + PageTime.full(cause.until()) + " UTC ("
                        + PageTime.span(cause.since(), cause.until()) + ")" + end(cause);
    }

    private static String end(Cause cause) {
        return cause.over() == null ? "" : cause.over() ? "; then it was over" : "; still so at the end";
    }

    /** @param behind those that are blocked by the causes that wait for this one */
    private static List<Victims> victims(List<Victim> all, List<Victim> behind) {
        List<Victims> groups = new ArrayList<>();
        add(groups, "Blocks", all, Victim::isBlocked);
        add(groups, "Perhaps blocks", all, v -> v.blocked() == null);
        add(groups, "Blocked behind", behind, v -> true);
        add(groups, "Does not block", all, v -> Boolean.FALSE.equals(v.blocked()));
        return groups;
    }

    private static void add(List<Victims> groups, String label, List<Victim> all, Predicate<Victim> fits) {
        List<String> names = all.stream().filter(fits).map(CauseCard::named).toList();
        if (!names.isEmpty()) {
            groups.add(new Victims(label, limited(names)));
        }
    }

    private static String named(Victim victim) {
        return victim.comm() + " (pid " + victim.pid()
                + (victim.sockets() > 1 ? ", " + Counted.of(victim.sockets(), "socket") : "")
                + (victim.certainty() == Certainty.LIKELY ? ", likely" : "") + ")";
    }

    boolean isNobody() {
        return !isUnknown && who.isEmpty();
    }

    boolean hasWaiting() {
        return !waiting.isEmpty();
    }

    boolean hasStates() {
        return !states.isEmpty();
    }
}
