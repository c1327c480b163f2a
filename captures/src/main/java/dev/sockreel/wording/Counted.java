package dev.sockreel.wording;

/** Numbers of things, in the singular or the plural. */
public final class Counted {
    /** Returns {@code 1 snapshot} or {@code 5 snapshots} for the noun {@code snapshot}. */
    public static String of(long count, String noun) {
        return of(count, noun, noun + "s");
    }

    /** Returns the count and {@code one} if it is 1, else {@code many}. */
    public static String of(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private Counted() {}
}
