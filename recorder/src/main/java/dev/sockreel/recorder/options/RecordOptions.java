package dev.sockreel.recorder.options;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The options of a recording; begin with {@link #to(Path)} and change what should differ.
 *
 * @param file         capture file; with {@code rotation} the pattern of its parts' names
 * @param interval     time between the begins of two snapshots
 * @param count        number of snapshots, 0 for no limit
 * @param duration     time after the first snapshot when no more begin; null for no limit
 * @param families     families to request
 * @param owners       schedule of owner scans
 * @param threads      if true, record what the threads of processes with sockets wait for
 * @param cmdlines     if true, store command lines, with what looks like a secret masked
 * @param closed       if true, record what the kernel announces of destroyed sockets
 * @param namespaces   NAME, PATH or {@code all}; empty for the recorder's own namespace only
 * @param noModprobe   if true, query only handlers that are known to be loaded, so that no module gets loaded
 * @param keepSecrets  if true, store keys as the kernel sent them
 * @param rotation     age or size at which a new part begins; null for one file
 * @param retention    age or total size beyond which old parts are deleted; null for none
 * @param force        if true, overwrite an existing file
 * @param dumpDeadline time limit of each dump
 * @param arguments    arguments of the command line, stored as evidence
 */
public record RecordOptions(
        Path file,
        Duration interval,
        int count,
        @Nullable Duration duration,
        FamilyChoice families,
        OwnersPolicy owners,
        boolean threads,
        boolean cmdlines,
        boolean closed,
        List<String> namespaces,
        boolean noModprobe,
        boolean keepSecrets,
        @Nullable Limit rotation,
        @Nullable Limit retention,
        boolean force,
        Duration dumpDeadline,
        String arguments) {

    /** The default interval: 100k TCP sockets at 1 Hz would cost 13 % of a core in the kernel alone. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    /** A limit, either a time or a size. */
    public sealed interface Limit {
        record Age(Duration time) implements Limit {}

        record Size(long bytes) implements Limit {}

        /**
         * Parses a time or a size.
         *
         * @throws IllegalArgumentException with one sentence for people
         */
        static Limit of(String text) {
            Quantity.check(text);
            return Quantity.isSize(text) ? new Size(Quantity.bytes(text)) : new Age(Quantity.duration(text));
        }
    }

    public RecordOptions {
        namespaces = List.copyOf(namespaces);
        if (count < 0 || interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("count " + count + ", interval " + interval);
        }
    }

    /** Returns the defaults: the recorder's own namespace, families in use, every 10 seconds until stopped. */
    public static RecordOptions to(Path file) {
        return new RecordOptions(
                file, DEFAULT_INTERVAL, 0, null, FamilyChoice.IN_USE, OwnersPolicy.DEFAULT, true, true, false,
                List.of(), false, false, null, null, false, Duration.ofSeconds(60), "");
    }

    public RecordOptions withInterval(Duration interval) {
        return changed(d -> d.interval = interval);
    }

    public RecordOptions withCount(int count) {
        return changed(d -> d.count = count);
    }

    public RecordOptions withDuration(@Nullable Duration duration) {
        return changed(d -> d.duration = duration);
    }

    public RecordOptions withFamilies(FamilyChoice families) {
        return changed(d -> d.families = families);
    }

    public RecordOptions withOwners(OwnersPolicy owners) {
        return changed(d -> d.owners = owners);
    }

    public RecordOptions withThreads(boolean threads) {
        return changed(d -> d.threads = threads);
    }

    public RecordOptions withCmdlines(boolean cmdlines) {
        return changed(d -> d.cmdlines = cmdlines);
    }

    public RecordOptions withClosed(boolean closed) {
        return changed(d -> d.closed = closed);
    }

    public RecordOptions withNamespaces(List<String> namespaces) {
        return changed(d -> d.namespaces = namespaces);
    }

    public RecordOptions withNoModprobe(boolean noModprobe) {
        return changed(d -> d.noModprobe = noModprobe);
    }

    public RecordOptions withKeepSecrets(boolean keepSecrets) {
        return changed(d -> d.keepSecrets = keepSecrets);
    }

    public RecordOptions withRotation(@Nullable Limit rotation, @Nullable Limit retention) {
        return changed(d -> {
            d.rotation = rotation;
            d.retention = retention;
        });
    }

    public RecordOptions withForce(boolean force) {
        return changed(d -> d.force = force);
    }

    public RecordOptions withArguments(String arguments) {
        return changed(d -> d.arguments = arguments);
    }

    private RecordOptions changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** A mutable copy, in which one option is changed. */
    private static final class Draft {
        final Path file;
        Duration interval;
        int count;
        @Nullable
        Duration duration;
        FamilyChoice families;
        OwnersPolicy owners;
        boolean threads;
        boolean cmdlines;
        boolean closed;
        List<String> namespaces;
        boolean noModprobe;
        boolean keepSecrets;
        @Nullable
        Limit rotation;
        @Nullable
        Limit retention;
        boolean force;
        final Duration dumpDeadline;
        String arguments;

        Draft(RecordOptions from) {
            file = from.file;
            interval = from.interval;
            count = from.count;
            duration = from.duration;
            families = from.families;
            owners = from.owners;
            threads = from.threads;
            cmdlines = from.cmdlines;
            closed = from.closed;
            namespaces = from.namespaces;
            noModprobe = from.noModprobe;
            keepSecrets = from.keepSecrets;
            rotation = from.rotation;
            retention = from.retention;
            force = from.force;
            dumpDeadline = from.dumpDeadline;
            arguments = from.arguments;
        }

        RecordOptions done() {
            return new RecordOptions(
                    file, interval, count, duration, families, owners, threads, cmdlines, closed, namespaces,
                    noModprobe, keepSecrets, rotation, retention, force, dumpDeadline, arguments);
        }
    }
}
