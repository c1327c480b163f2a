package dev.sockreel.cli.printing;

/** Counts with the right form of the noun. */
public final class Counted {
    /** Returns the count and the noun: {@code 1 snapshot}, {@code 5 snapshots}. */
    public static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private Counted() {}
}
