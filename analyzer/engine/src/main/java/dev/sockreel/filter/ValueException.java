package dev.sockreel.filter;

/** A value that cannot be what its place asks for: one sentence, and where within the value. */
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

    /** Characters from the value's begin. */
    int offset() {
        return offset;
    }
}
