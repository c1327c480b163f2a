package dev.sockreel.cli;

/** Numbers of things. */
final class Counted {
    /** {@code 1 snapshot}, {@code 5 snapshots}. */
    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private Counted() {}
}
