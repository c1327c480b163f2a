package dev.sockreel.filter;

/**
 * A HOST as it was typed.
 *
 * @param begin index of what follows the family
 */
record HostText(String text, int begin) {
    String rest() {
        return text.substring(begin);
    }

    /** @param part of {@link #rest()} that is wrong */
    ValueException error(String sentence, String part) {
        return new ValueException(sentence, Math.max(0, text.indexOf(part, begin)));
    }
}
