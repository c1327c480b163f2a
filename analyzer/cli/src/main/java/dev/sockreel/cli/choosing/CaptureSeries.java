package dev.sockreel.cli.choosing;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
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
     * @param bootId null when the capture does not record it
     */
    private record Part(int number, Path file, ReceiveTime begin, @Nullable String bootId) {}

    /** Receives the snapshots of the series. */
    public interface Visitor {
        /** @param part position of the capture in the series, from 0 */
        void visit(int part, Snapshot snapshot) throws IOException;
    }

    private final List<Part> parts;
    /** The boot id assumed for all captures; null when each records its own. */
    private final @Nullable String bootId;

    private CaptureSeries(List<Part> parts, @Nullable String bootId) {
        this.parts = parts;
        this.bootId = bootId;
    }

    /**
     * Opens each capture to read its first snapshot.
     *
     * @param asserted true if the user states that all captures are of one boot
     * @throws IOException if the captures are of different boots, or nothing shows that they are of one
     */
    public static CaptureSeries of(List<Path> files, boolean asserted) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            parts.add(part(i, files.get(i)));
        }
        Part first = parts.getFirst();
        boolean allNamed = true;
        String named = null;
        for (Part part : parts) {
            if (parts.size() > 1 && !asserted && part.bootId() == null) {
                throw new IOException(BootRule.unnamed(part.file()));
            }
            if (named != null && part.bootId() != null && !part.bootId().equals(named)) {
                throw new IOException(BootRule.different(first.file(), part.file()));
            }
            named = part.bootId() == null ? named : part.bootId();
            allNamed &= part.bootId() != null;
        }
        parts.sort(Comparator.comparingLong(p -> p.begin().realtimeNs()));
        return new CaptureSeries(List.copyOf(parts), allNamed || parts.size() == 1 ? null : BootRule.orUnnamed(named));
    }

    private static Part part(int number, Path file) throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            Snapshot s = reader.next();
            if (s == null) {
                throw new IOException(file + " has no snapshots");
            }
            return new Part(number, file, s.begin(), s.host().get(HostEvidence.BOOT_ID));
        }
    }

    /** Passes all snapshots of all captures to the visitor, and the damage of each capture to {@code problems}. */
    public void forEach(InputProblems problems, Visitor visitor) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            try (SnapshotReader reader = SnapshotReader.open(parts.get(i).file())) {
                Snapshot s;
                while ((s = reader.next()) != null) {
                    visitor.visit(i, bootId == null ? s : s.ofBoot(bootId));
                }
                problems.add(reader.capture());
            }
        }
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
        return parts.getFirst().file() + (parts.size() == 1 ? "" : " and " + (parts.size() - 1) + " more");
    }
}
