package dev.sockreel.cache;

import java.util.List;

/**
 * What is wrong with the captures of an answer: a sentence each, in the order in which they are told.
 *
 * @param unavailable families that could not be seen
 * @param incomplete  dumps that are not complete
 * @param damage      of files and snapshots
 * @param recovered   what a recovered file has lost
 */
public record Shortfalls(List<String> unavailable, List<String> incomplete, List<Harm> damage, List<String> recovered) {
    /** {@link Harm#file} of what concerns no file in particular. */
    public static final int NO_FILE = -1;

    /** @param file number of the capture, from 0: its name is not kept, for it may be another one next time */
    public record Harm(int file, String what) {}

    public Shortfalls {
        unavailable = List.copyOf(unavailable);
        incomplete = List.copyOf(incomplete);
        damage = List.copyOf(damage);
        recovered = List.copyOf(recovered);
    }
}
