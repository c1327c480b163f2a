package dev.sockreel.cli.findings;

import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Victim;
import dev.sockreel.finding.What;
import dev.sockreel.render.OwnerInWords;
import dev.sockreel.render.Span;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.wording.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A cause as text. On a terminal at most {@link #MAX_LINES} lines, which fit, and what is too long is cut; elsewhere
 * they have {@link #COLUMNS} columns where nothing is lost by it, and the last line of a part holds all of the rest.
 */
final class CauseBlock {
    static final int MAX_LINES = 12;
    static final int COLUMNS = 80;
    private static final int MIN_COLUMNS = 20;

    private static final String HANGING = " ".repeat(9);
    private static final int MAX_NAMES = 24;
    private static final int MAX_PROCESSES = 2;

    private final boolean cuts = Terminal.columns() > 0;
    private final int columns = cuts ? Terminal.columns() : COLUMNS;
    private final Cause cause;
    private final List<Cause> all;
    private final List<String> lines = new ArrayList<>();

    private CauseBlock(Cause cause, List<Cause> all) {
        this.cause = cause;
        this.all = all;
    }

    /**
     * Returns the lines after the heading.
     *
     * @param all causes, among them those that wait for this one
     */
    static List<String> of(Cause cause, List<Cause> all) {
        return of(cause, all, ShownTimes.UTC);
    }

    /** @param times how times are shown, see {@link #of(Cause, List)} */
    static List<String> of(Cause cause, List<Cause> all, ShownTimes times) {
        CauseBlock block = new CauseBlock(cause, all);
        block.sentence();
        block.who();
        block.part("where", block.where(), 1);
        block.part("since", block.since(), 2);
        block.part("local", block.local(times), 2);
        block.part("blocks", block.blocks(), 2);
        block.part(cause.what() == What.SLOW_READING ? "slows" : "peers", block.peers(), 1);
        block.part("waits", block.waits(), 1);
        int left = MAX_LINES - 1 - block.lines.size();
        block.part("next", cause.next(), Math.clamp(left, 1, 3));
        return block.lines;
    }

    /**
     * Returns the cause in one line, for those of the least severity.
     *
     * @param used columns that stand before it
     */
    static String line(Cause cause, int used) {
        String safe = Terminal.sentence(cause.sentence());
        int columns = Terminal.columns();
        return columns == 0 ? safe : Columns.head(safe, Math.max(MIN_COLUMNS, columns - used));
    }

    private void sentence() {
        lines.addAll(wrapped("  ", "  ", cause.sentence(), 4));
    }

    private void who() {
        List<Owner> owners = cause.processes();
        if (owners == null) {
            return;
        }
        for (Owner owner : owners.subList(0, Math.min(MAX_PROCESSES, owners.size()))) {
            part("who", OwnerInWords.whole(owner, cause.until(), owner == owners.getFirst() ? cpu() : ""),
                    owners.size() == 1 ? 2 : 1);
            String command = owner.process().facts().cmdline().text();
            if (owners.size() == 1 && command != null) {
                lines.add(cut(HANGING + command));
            }
        }
        if (owners.size() > MAX_PROCESSES) {
            String rest = owners.stream().skip(MAX_PROCESSES).limit(MAX_NAMES)
                    .map(o -> o.comm() + " " + o.pid()).collect(Collectors.joining(", "));
            part("and", rest, 1);
        }
    }

    /** Tells a process that works on something else from one that does nothing. */
    private String cpu() {
        return cause.cpuMs() == Cause.UNKNOWN ? ""
                : cause.cpuMs() == 0 ? "used <10 ms of CPU"
                : "used " + Span.textWithMillis(cause.cpuMs() * 1_000_000) + " of CPU";
    }

    /** Returns the other ends where they say more than the sentence: not the loopback address alone. */
    private @Nullable String where() {
        List<String> parts = new ArrayList<>();
        if (cause.at() != null && !cause.sentence().contains(cause.at())) {
            parts.add(cause.at());
        }
        String remote = cause.remote().entrySet().stream()
                .filter(e -> !e.getKey().equals("127.0.0.1") && !e.getKey().equals("[::1]"))
                .filter(e -> !cause.sentence().contains(e.getKey()))
                .limit(3)
                .map(e -> e.getKey() + (e.getValue() == 1 ? "" : " (" + e.getValue() + ")"))
                .collect(Collectors.joining(", "));
        if (!remote.isEmpty()) {
            parts.add("with " + remote);
        }
        return parts.isEmpty() ? null : String.join(", ", parts);
    }

    /** Returns date and time of the bound or the begin, and the times alone of what was seen on that day. */
    private String since() {
        String since = Rfc3339.seconds(cause.since().realtimeNs());
        String until = Rfc3339.seconds(cause.until().realtimeNs());
        if (since == null || until == null) {
            return "at an unknown time";
        }
        String bound = Rfc3339.seconds(cause.atLeastSince().realtimeNs());
        if (bound != null) {
            return bound + " at least; seen " + onDayOf(bound, since) + " to " + onDayOf(since, until) + end();
        }
        return since.equals(until) ? since : since + ", seen to " + onDayOf(since, until) + end();
    }

    private String end() {
        return cause.over() == null ? "" : cause.over() ? " (over)" : " (the end)";
    }

    private @Nullable String local(ShownTimes times) {
        String seen = times.span(cause.since().realtimeNs(), cause.until().realtimeNs());
        String bound = times.beside(cause.atLeastSince().realtimeNs());
        return seen.isEmpty() ? null : bound.isEmpty() ? seen : bound + " at least; seen from " + seen;
    }

    private static String onDayOf(String day, String time) {
        int at = time.indexOf('T');
        return day.startsWith(time.substring(0, at)) ? time.substring(at + 1) : time;
    }

    private @Nullable String blocks() {
        List<Victim> hanging = cause.victims().stream().filter(Victim::isBlocked).toList();
        List<Victim> behind = all.stream()
                .filter(c -> cause.id().equals(c.waitsFor()) && c != cause)
                .flatMap(c -> c.victims().stream())
                .filter(v -> v.isBlocked() && hanging.stream().noneMatch(w -> w.pid() == v.pid()))
                .toList();
        String direct = hanging.isEmpty() ? "" : named(hanging);
        String rest = behind.isEmpty() ? "" : "behind it " + named(behind);
        return direct.isEmpty() && rest.isEmpty() ? null
                : direct + (direct.isEmpty() || rest.isEmpty() ? "" : "; ") + rest;
    }

    /** Returns those at the other end that do not hang, or of which it is not known. */
    private @Nullable String peers() {
        List<Victim> unknown = cause.victims().stream().filter(v -> v.blocked() == null).toList();
        List<Victim> free = cause.victims().stream().filter(v -> Boolean.FALSE.equals(v.blocked())).toList();
        String maybe = unknown.isEmpty() ? "" : named(unknown) + " (not known whether blocked)";
        String not = free.isEmpty() ? "" : named(free) + (cause.what() == What.SLOW_READING ? "" : " (not blocked)");
        return maybe.isEmpty() && not.isEmpty() ? null : maybe + (maybe.isEmpty() || not.isEmpty() ? "" : "; ") + not;
    }

    private static String named(List<Victim> victims) {
        String names = victims.stream()
                .limit(MAX_NAMES)
                .map(v -> v.comm() + " " + v.pid() + (v.certainty() == Certainty.LIKELY ? " (likely)" : ""))
                .collect(Collectors.joining(", "));
        return names + (victims.size() > MAX_NAMES ? " and " + (victims.size() - MAX_NAMES) + " more" : "");
    }

    private @Nullable String waits() {
        String other = cause.waitsFor();
        if (other == null) {
            return null;
        }
        if (cause.waitsForItself()) {
            return "for itself: a thread of it hangs on a socket that it should read itself";
        }
        return isDeadlock() ? "for " + other + ", which waits for it: a deadlock"
                : "for " + other + ", which keeps it from acting: it is not to blame";
    }

    /** Returns whether the causes that it waits for lead back to it. */
    private boolean isDeadlock() {
        Cause at = cause;
        for (int steps = 0; steps < all.size(); steps++) {
            String next = at.waitsFor();
            Optional<Cause> found = all.stream().filter(c -> c.id().equals(next)).findFirst();
            if (found.isEmpty()) {
                return false;
            }
            at = found.get();
            if (at == cause) {
                return true;
            }
        }
        return false;
    }

    private void part(String label, @Nullable String text, int maxLines) {
        if (text != null && (!cuts || lines.size() < MAX_LINES - 1)) {
            lines.addAll(wrapped(String.format(Locale.ROOT, "  %-7s", label), HANGING, text, maxLines));
        }
    }

    /** Wraps at spaces; what does not fit into the lines is cut on a terminal. */
    private List<String> wrapped(String first, String hanging, String text, int maxLines) {
        List<String> out = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : Terminal.sentence(text).split(" ", -1)) {
            boolean isFull = Columns.of(line.toString()) + 1 + Columns.of(word) > columns;
            if (!empty && isFull && (cuts || out.size() < maxLines - 1)) {
                if (out.size() == maxLines - 1) {
                    out.add(Columns.head(line + " " + word + "…", columns));
                    return out;
                }
                out.add(line.toString());
                line = new StringBuilder(hanging);
                empty = true;
            }
            line.append(empty ? "" : " ").append(cuts ? Columns.fit(word, columns - HANGING.length()) : word);
            empty = false;
        }
        out.add(line.toString());
        return out;
    }

    /** Returns a command line: its middle is cut on a terminal, since options at its end tell programs apart. */
    private String cut(String line) {
        String safe = Terminal.sentence(line);
        return cuts ? Columns.fit(safe, columns) : safe;
    }
}
