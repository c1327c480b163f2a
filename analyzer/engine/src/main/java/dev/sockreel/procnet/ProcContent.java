package dev.sockreel.procnet;

import java.util.Arrays;
import java.util.IdentityHashMap;

/**
 * The bytes of a recorded file of /proc, and what was read from them. Snapshots whose file has the same bytes share
 * one, so that it is taken apart once.
 */
public final class ProcContent {
    /**
     * A way to take a text apart; a constant, by which its result is kept.
     *
     * @param <T> the result, which must not change
     */
    public interface Reading<T> {
        T of(byte[] text);
    }

    private final byte[] bytes;
    private final IdentityHashMap<Reading<?>, Object> read = new IdentityHashMap<>(2);

    /** @param bytes are not copied, and must not be changed */
    public ProcContent(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Returns the text; it must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns whether it is this part of an array. */
    public boolean is(byte[] other, int from, int to) {
        return Arrays.equals(bytes, 0, bytes.length, other, from, to);
    }

    /** Returns what this reading makes of the text; it is asked once. */
    @SuppressWarnings("unchecked") // a reading's result is kept under the reading
    public <T> T read(Reading<T> reading) {
        return (T) read.computeIfAbsent(reading, r -> r.of(bytes));
    }
}
