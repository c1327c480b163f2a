package dev.sockreel.recorder.options;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to record; begin with {@link #to(Path)} and change what should differ.
 *
 * @param file         capture file; with {@code rotation} the pattern of its parts' names
 * @param interval     between the beginnings of two snapshots
 * @param count        snapshots, 0 for no limit
 * @param duration     no snapshot begins later than this after the first; null for no limit
 * @param families     which are asked for
 * @param owners       when processes are looked into
 * @param namespaces   NAME, PATH or {@code all}; empty for the own one alone
 * @param noModprobe   ask only handlers that are surely loaded, so that nothing is loaded by asking
 * @param keepSecrets  store keys as the kernel gave them
 * @param rotation     when a new part begins; null for one file
 * @param retention    which old parts are deleted; null for none
 * @param force        overwrite an existing file
 * @param dumpDeadline of each dump
 * @param words        of the command line, kept as evidence
 */
public record RecordOptions(
        Path file,
        Duration interval,
        int count,
        @Nullable Duration duration,
        FamilyChoice families,
        OwnersPolicy owners,
        List<String> namespaces,
        boolean noModprobe,
        boolean keepSecrets,
        @Nullable Limit rotation,
        @Nullable Limit retention,
        boolean force,
        Duration dumpDeadline,
        String words) {

    /** 100k TCP sockets at 1 Hz cost 13 % of a core in the kernel alone. */
    public static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);

    /** A time or a size. */
    public sealed interface Limit {
        record Age(Duration time) implements Limit {}

        record Size(long bytes) implements Limit {}

        /** @throws IllegalArgumentException one sentence */
        static Limit of(String text) {
            return Quantity.isSize(text) ? new Size(Quantity.bytes(text)) : new Age(Quantity.duration(text));
        }
    }

    public RecordOptions {
        namespaces = List.copyOf(namespaces);
        if (count < 0 || interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("count " + count + ", interval " + interval);
        }
    }

    /** The own namespace, families in use, every 10 seconds until stopped. */
    public static RecordOptions to(Path file) {
        return new RecordOptions(
                file, DEFAULT_INTERVAL, 0, null, FamilyChoice.IN_USE, OwnersPolicy.DEFAULT, List.of(), false, false,
                null, null, false, Duration.ofSeconds(60), "");
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

    public RecordOptions withWords(String words) {
        return changed(d -> d.words = words);
    }

    private RecordOptions changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** All of it, while one thing is changed. */
    private static final class Draft {
        final Path file;
        Duration interval;
        int count;
        @Nullable
        Duration duration;
        FamilyChoice families;
        OwnersPolicy owners;
        List<String> namespaces;
        boolean noModprobe;
        boolean keepSecrets;
        @Nullable
        Limit rotation;
        @Nullable
        Limit retention;
        boolean force;
        final Duration dumpDeadline;
        String words;

        Draft(RecordOptions from) {
            file = from.file;
            interval = from.interval;
            count = from.count;
            duration = from.duration;
            families = from.families;
            owners = from.owners;
            namespaces = from.namespaces;
            noModprobe = from.noModprobe;
            keepSecrets = from.keepSecrets;
            rotation = from.rotation;
            retention = from.retention;
            force = from.force;
            dumpDeadline = from.dumpDeadline;
            words = from.words;
        }

        RecordOptions done() {
            return new RecordOptions(
                    file, interval, count, duration, families, owners, namespaces, noModprobe, keepSecrets, rotation,
                    retention, force, dumpDeadline, words);
        }
    }
}
