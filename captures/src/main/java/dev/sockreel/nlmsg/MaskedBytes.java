package dev.sockreel.nlmsg;

import dev.sockreel.wording.Counted;

/**
 * The number of bytes that {@link SecretMask} zeroed.
 *
 * @param keys       bytes of TCP-MD5 keys
 * @param unreadable bytes that could not be read and may hold keys
 */
public record MaskedBytes(long keys, long unreadable) {
    public static final MaskedBytes NONE = new MaskedBytes(0, 0);

    public MaskedBytes plus(MaskedBytes other) {
        return new MaskedBytes(keys + other.keys, unreadable + other.unreadable);
    }

    public long all() {
        return keys + unreadable;
    }

    /** Returns the sentence of a note without its end. */
    public String sentence() {
        String ofKeys = Counted.of(keys, "byte") + " of TCP-MD5 keys";
        String others = Counted.of(unreadable, "byte") + " that cannot be read and may hold TCP-MD5 keys";
        return (unreadable == 0 ? ofKeys : keys == 0 ? others : ofKeys + " and " + others)
                + (all() == 1 ? " was zeroed" : " were zeroed");
    }
}
