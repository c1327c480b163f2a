package dev.sockreel.nlmsg;

import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.List;

/**
 * The number of bytes that {@link SecretMask} zeroed.
 *
 * @param keys       bytes of TCP-MD5 keys
 * @param storages   bytes of the values in BPF storages
 * @param unreadable bytes that could not be read and may hold keys
 */
public record MaskedBytes(long keys, long storages, long unreadable) {
    public static final MaskedBytes NONE = new MaskedBytes(0, 0, 0);

    public MaskedBytes plus(MaskedBytes other) {
        return new MaskedBytes(keys + other.keys, storages + other.storages, unreadable + other.unreadable);
    }

    public long all() {
        return keys + storages + unreadable;
    }

    /** Returns the sentence of a note without its end. */
    public String sentence() {
        List<String> parts = new ArrayList<>();
        if (keys > 0 || all() == 0) {
            parts.add(Counted.of(keys, "byte") + " of TCP-MD5 keys");
        }
        if (storages > 0) {
            parts.add(Counted.of(storages, "byte") + " of BPF storages");
        }
        if (unreadable > 0) {
            parts.add(Counted.of(unreadable, "byte") + " that cannot be read and may hold TCP-MD5 keys");
        }
        return String.join(" and ", parts) + (all() == 1 ? " was zeroed" : " were zeroed");
    }
}
