package dev.sockreel.benchmarks.repeat;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.ChainWriter;
import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.SnapshotEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes a long capture of a short one by repeating its snapshots. Each repetition goes on where the one before ended:
 * its last snapshot stands for the first of the next. Times go on, ages and counters grow on. A socket that is not in
 * both the first and the last snapshot gets a cookie of its own in each repetition: what the original opened and
 * closed in its whole time, the repetition takes back in one step.
 *
 * <p>What processes did (CPU time, owners, threads) is repeated as it was. Memory: a note of each socket, one record.
 */
public final class LongSeries {
    private static final int MAX_SNAPSHOTS = 1 << 20;

    /**
     * Writes a capture.
     *
     * @param from      a capture of at least two snapshots, or one if no more are asked for
     * @param to        replaced if it exists
     * @param snapshots how many it will have
     * @throws IllegalArgumentException when it cannot have so many
     */
    public static void write(Path from, Path to, int snapshots) throws IOException {
        Original original = Original.read(from);
        if (snapshots < 1 || snapshots > MAX_SNAPSHOTS
                || (snapshots > original.snapshots() && original.snapshots() < 2)) {
            throw new IllegalArgumentException(from + " has " + original.snapshots() + " snapshots, of which "
                    + snapshots + " cannot be made");
        }
        Files.deleteIfExists(to);
        try (ChainWriter writer = new ChainWriter(
                CaptureWriter.create(to, original.header()), original.header().orderOrLittleEndian())) {
            int written = 0;
            for (int repetition = 0; written < snapshots; repetition++) {
                written = repeat(original, repetition, writer, written, snapshots);
            }
            writer.finish();
        }
    }

    /** Writes one repetition and returns how many snapshots are written then. */
    private static int repeat(Original original, int repetition, ChainWriter writer, int before, int wanted)
            throws IOException {
        Repetition repeated = new Repetition(original, repetition);
        int written = before;
        try (CaptureReader reader = CaptureReader.open(original.path())) {
            CaptureRecord record;
            boolean skips = repetition > 0;
            while (written < wanted && (record = reader.next()) != null) {
                boolean ends = record instanceof SnapshotEnd;
                if (!skips && isCopied(record)) {
                    writer.write(repetition == 0 ? record : repeated.of(record));
                    written += ends ? 1 : 0;
                }
                // The first snapshot is the last one of the repetition before.
                skips = skips && !ends;
            }
        }
        if (written == before) {
            throw new IOException(original.path() + ": no snapshot in it is finished");
        }
        return written;
    }

    /** The writer writes its own header and close record. */
    private static boolean isCopied(CaptureRecord record) {
        return !(record instanceof CaptureHeader) && !(record instanceof CaptureClose);
    }

    private LongSeries() {}
}
