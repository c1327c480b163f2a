package dev.sockreel.cache;

import dev.sockreel.reading.RepeatedSnapshots;
import java.util.List;

/**
 * The problems of an answer's captures, one sentence each, in the order in which they are printed.
 *
 * @param repeats     snapshots that captures share with earlier ones
 * @param unavailable families that could not be seen
 * @param incomplete  dumps that are not complete
 * @param damage      damage to files and snapshots
 * @param recovered   what a recovered file has lost
 */
public record Shortfalls(
        List<RepeatedSnapshots.Repeat> repeats, List<String> unavailable, List<String> incomplete, List<Harm> damage,
        List<String> recovered) {
    /** The value of {@link Harm#file} when no particular file is concerned. */
    public static final int NO_FILE = -1;

    /**
     * Damage to a file or a snapshot.
     *
     * @param file index of the capture; its name is not kept, as it may differ next time
     */
    public record Harm(int file, String what) {}

    public Shortfalls {
        repeats = List.copyOf(repeats);
        unavailable = List.copyOf(unavailable);
        incomplete = List.copyOf(incomplete);
        damage = List.copyOf(damage);
        recovered = List.copyOf(recovered);
    }
}
