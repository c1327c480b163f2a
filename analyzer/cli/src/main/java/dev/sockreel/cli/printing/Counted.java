package dev.sockreel.cli.printing;

/** Numbers of things. */
public final class Counted {
    /** {@code 1 snapshot}, {@code 5 snapshots}. */
    public static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private Counted() {}
}
