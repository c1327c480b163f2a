package dev.sockreel.cli.choosing;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Captures of one boot read as one series, ordered by the time of their first snapshots. */
public final class CaptureSeries {
    /**
     * One capture.
     *
     * @param number position on the command line, from 0
     * @param fileId see {@link SnapshotId}
     * @param bootId null when the capture does not record it
     */
    private record Part(int number, Path file, long fileId, ReceiveTime begin, @Nullable String bootId) {}

    private final List<Part> parts;
    /** The boot id assumed for all captures; null when each records its own. */
    private final @Nullable String bootId;
    private final SnapshotFeed feed;

    private CaptureSeries(List<Part> parts, @Nullable String bootId, SnapshotRange range) throws IOException {
        this.parts = parts;
        this.bootId = bootId;
        this.feed = SnapshotFeed.of(files(), range);
    }

    /**
     * Opens each capture to read its first snapshot. One of several that has none is added to {@code problems}.
     *
     * @param asserted true if the user states that all captures are of one boot
     * @throws IOException if the captures are of different boots, or nothing shows that they are of one
     */
    public static CaptureSeries of(List<Path> files, boolean asserted, SnapshotRange range, InputProblems problems)
            throws IOException {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            Part part = part(i, files.get(i));
            if (part == null) {
                problems.addPassedOver(files.get(i), files.get(i) + " has no snapshots");
            } else {
                parts.add(part);
            }
        }
        if (parts.isEmpty()) {
            throw new IOException(files.getFirst() + " has no snapshots");
        }
        Part first = parts.getFirst();
        boolean copies = parts.stream().allMatch(p -> p.fileId() == first.fileId());
        boolean allNamed = true;
        String named = null;
        for (Part part : parts) {
            if (!copies && !asserted && part.bootId() == null) {
                throw new IOException(BootRule.unnamed(part.file()));
            }
            if (named != null && part.bootId() != null && !part.bootId().equals(named)) {
                throw new IOException(BootRule.different(first.file(), part.file()));
            }
            named = part.bootId() == null ? named : part.bootId();
            allNamed &= part.bootId() != null;
        }
        // Of one boot, so by the monotonic clock where all have it: the realtime clock may have been set back.
        boolean monotonic = parts.stream().noneMatch(p -> p.begin().monotonicNs() == ReceiveTime.UNKNOWN);
        parts.sort(Comparator.comparingLong(p -> monotonic ? p.begin().monotonicNs() : p.begin().realtimeNs()));
        return new CaptureSeries(List.copyOf(parts), allNamed || copies ? null : BootRule.orUnnamed(named), range);
    }

    private static @Nullable Part part(int number, Path file) throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            Snapshot s = reader.next();
            if (s == null) {
                return null;
            }
            return new Part(number, file, s.id().fileId(), s.begin(), s.host().get(HostEvidence.BOOT_ID));
        }
    }

    /**
     * Passes each snapshot of the range to the visitor, in the order of time, and what is wrong with the captures to
     * {@code problems}.
     *
     * @throws picocli.CommandLine.ParameterException if the range is not one
     * @throws IOException                           if a capture cannot be read, or no snapshot is in the range
     */
    public void forEach(InputProblems problems, SnapshotFeed.Visitor visitor) throws IOException {
        feed.forEach(problems, (part, s) -> visitor.visit(part, bootId == null ? s : s.ofBoot(bootId)));
    }

    /** Returns the positions on the command line, in order of time. */
    public List<Integer> order() {
        return parts.stream().map(Part::number).toList();
    }

    /** Returns the captures in order of time. */
    public List<Path> files() {
        return parts.stream().map(Part::file).toList();
    }

    /** Returns a short name of the series for messages. */
    public String name() {
        return name(files());
    }

    static String name(List<Path> files) {
        return files.getFirst() + (files.size() == 1 ? "" : " and " + (files.size() - 1) + " more");
    }
}
