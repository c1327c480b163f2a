package dev.sockreel.filter;

/** A value that does not fit its place: one sentence, and the place within the value. */
final class ValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    ValueException(String sentence, int offset) {
        super(sentence);
        this.offset = offset;
    }

    ValueException(String sentence) {
        this(sentence, 0);
    }

    /** Returns the place as characters from the value's first. */
    int offset() {
        return offset;
    }
}
