package dev.sockreel.filter;

/** A filter that is not understood: one sentence, and the place that it speaks of. */
public final class FilterException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String filter;
    private final int place;

    FilterException(String sentence, String filter, int place) {
        super(sentence);
        this.filter = filter;
        this.place = place;
    }

    /** The whole filter, its words joined by blanks. */
    public String filter() {
        return filter;
    }

    /** Index into {@link #filter()}, from 0; its length when something is missing at the end. */
    public int place() {
        return place;
    }
}
