package dev.sockreel.cli.choosing;

import dev.sockreel.cli.times.LocalOption;
import dev.sockreel.field.Rfc3339;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code --from} and {@code --to} options, which limit the snapshots that are read of a series. */
public final class SnapshotRange {
    static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "N|TIME",
            preprocessor = TimeParameter.class,
            converter = TimeParameter.class,
            description = "The first snapshot, by number or by a time at or after its start.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "N|TIME",
            preprocessor = TimeParameter.class,
            converter = TimeParameter.class,
            description = "The last snapshot, likewise.")
    private @Nullable String to;

    private boolean isReadAloud;

    /** One end: a snapshot's number, or its begin or a time outside the capture in nanoseconds since 1970. */
    private record Bound(boolean isNumber, long value, String said, @Nullable String reading) {
        /** Returns the number or time of the snapshot to compare with the bound. */
        long of(Snapshot s) {
            return isNumber ? s.index() : s.begin().realtimeNs();
        }

        boolean isKnown(Snapshot s) {
            return isNumber || s.begin().isKnown();
        }
    }

    /** Snapshots between two bounds, and the span of all that were offered. */
    public final class Filter {
        private final @Nullable Bound first;
        private final @Nullable Bound last;
        private final CapturedSpan span = new CapturedSpan();
        private boolean taken;

        private Filter(@Nullable Bound first, @Nullable Bound last) {
            this.first = first;
            this.last = last;
        }

        public boolean takes(Snapshot s) {
            span.add(s);
            boolean takes = (first == null || (first.isKnown(s) && first.of(s) >= first.value()))
                    && (last == null || (last.isKnown(s) && last.of(s) <= last.value()));
            taken |= takes;
            return takes;
        }

        /** Returns the numbers and times of all snapshots that were offered. */
        public String span() {
            return span.toString();
        }

        private List<String> readings() {
            return Stream.of(first, last)
                    .filter(b -> b != null && b.reading() != null)
                    .map(b -> String.valueOf(b.reading()))
                    .distinct()
                    .toList();
        }

        /**
         * Checks, when all snapshots were offered, that any was taken.
         *
         * @throws IOException if not; the message states the captured span
         */
        public void check(List<Path> files) throws IOException {
            if (taken && !isReadAloud) {
                readings().forEach(spec.commandLine().getErr()::println);
                isReadAloud = true;
            }
            if (!taken && !span.isEmpty()) {
                throw new IOException(CaptureSeries.name(files) + (files.size() == 1 ? " has" : " have")
                        + " no snapshot" + (first == null ? "" : " from " + first.said())
                        + (last == null ? "" : " up to " + last.said())
                        + ": " + (files.size() == 1 ? "it has " : "they have ") + span);
            }
        }
    }

    /** Returns whether a bound leaves its date or zone open, so that people are told how it was read. */
    public boolean isToBeReadAloud() {
        return Stream.of(from, to).anyMatch(t -> t != null && !t.startsWith("-") && !t.startsWith("+")
                && !NUMBER.matcher(t).matches() && !t.matches("\\d{4}-.*[T ].*([Zz]|UTC|[+-]\\d{2}:?\\d{2})"));
    }

    /** Returns a range of bounds that a command reads from options of its own. */
    public static SnapshotRange of(CommandSpec spec, @Nullable String from, @Nullable String to) {
        SnapshotRange range = new SnapshotRange();
        range.spec = spec;
        range.from = from;
        range.to = to;
        return range;
    }

    /** Returns whether any bound was given. */
    public boolean isGiven() {
        return from != null || to != null;
    }

    /**
     * Returns the filter for captures that are read as one series. Numbers count in each capture.
     *
     * @throws ParameterException if a bound is not a time, the captures have no times, or the bounds are swapped
     */
    public Filter filter(List<Path> files) throws IOException {
        Bound first = bound(from, files);
        Bound last = bound(to, files);
        if (first != null && last != null && first.isNumber() == last.isNumber() && first.value() > last.value()) {
            throw new ParameterException(spec.commandLine(),
                    "--from " + from + " is later than --to " + to + ": swap them");
        }
        return new Filter(first, last);
    }

    private @Nullable Bound bound(@Nullable String text, List<Path> files) throws IOException {
        if (text == null) {
            return null;
        }
        if (NUMBER.matcher(text).matches()) {
            return new Bound(true, Integer.parseInt(text), text, null);
        }
        try {
            CaptureTimes times = CaptureTimes.of(files);
            SnapshotTime.Parsed time = times.parse(text, LocalOption.of(spec).reading());
            long timeNs = time.ns();
            boolean isOpen = time.reading() != null;
            return new Bound(false, times.includes(timeNs) ? times.beginAt(timeNs) : timeNs,
                    text + (isOpen ? " (" + Rfc3339.of(timeNs) + ")" : ""),
                    isOpen ? text + " read as " + time.reading() : null);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the options as words for a cache key. */
    public List<String> keyWords() {
        return List.of("from " + from, "to " + to);
    }
}
