package dev.sockreel.series;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The memory of messages. A message lies whole in one chunk, at a place: the chunk's number and an offset in words.
 * What a view may read is never overwritten: {@link #writable} then gives a place with a copy.
 */
final class Chunks {
    private static final int MAX_CHUNK_BYTES = 1 << 20;
    private static final int MIN_CHUNK_BYTES = 1 << 12;
    private static final int OFFSET_BITS = 18;
    private static final int MAX_CHUNKS = 1 << 13;

    private final Budget budget;
    private byte[] @Nullable [] chunks = new byte[4][];
    private int[] liveBytes = new int[4];
    private boolean[] isFrozen = new boolean[4];
    private int count;
    /** The chunk that is filled. */
    private int current = -1;
    private int top;
    private long live;
    private long capacity;

    Chunks(Budget budget) {
        this.budget = budget;
    }

    /** Returns the chunk of a place. */
    byte[] bytes(int place) {
        byte[] chunk = chunks[place >>> OFFSET_BITS];
        if (chunk == null) {
            throw new IllegalStateException("no chunk " + (place >>> OFFSET_BITS));
        }
        return chunk;
    }

    /** Returns the offset of a place in its chunk, bytes. */
    static int at(int place) {
        return (place & (1 << OFFSET_BITS) - 1) << 2;
    }

    /** Returns a new place for a message. */
    int add(int bytes) throws SeriesTooLargeException {
        byte[] chunk = current < 0 ? null : chunks[current];
        if (chunk == null || bytes > chunk.length - top) {
            open(bytes);
        }
        int place = current << OFFSET_BITS | top >> 2;
        top += bytes;
        live += bytes;
        liveBytes[current] += bytes;
        return place;
    }

    private void open(int bytes) throws SeriesTooLargeException {
        int size = Math.max(bytes, Math.clamp(live / 2, MIN_CHUNK_BYTES, MAX_CHUNK_BYTES));
        int number = 0;
        while (number < count && chunks[number] != null) {
            number++;
        }
        if (number == MAX_CHUNKS) {
            throw new SeriesTooLargeException("one series of dumps needs more than " + MAX_CHUNKS + " MiB of memory");
        }
        budget.take(size);
        if (number == chunks.length) {
            chunks = Arrays.copyOf(chunks, number * 2);
            liveBytes = Arrays.copyOf(liveBytes, number * 2);
            isFrozen = Arrays.copyOf(isFrozen, number * 2);
        }
        count = Math.max(count, number + 1);
        chunks[number] = new byte[size];
        liveBytes[number] = 0;
        isFrozen[number] = false;
        capacity += size;
        current = number;
        top = 0;
    }

    /** Returns where a message may be overwritten: its own place, or one with a copy where a view may read it. */
    int writable(int place, int bytes) throws SeriesTooLargeException {
        if (!isFrozen[place >>> OFFSET_BITS]) {
            return place;
        }
        int copy = add(bytes);
        System.arraycopy(bytes(place), at(place), bytes(copy), at(copy), bytes);
        drop(place, bytes);
        return copy;
    }

    /** Forgets a message. */
    void drop(int place, int bytes) {
        int number = place >>> OFFSET_BITS;
        live -= bytes;
        liveBytes[number] -= bytes;
        byte[] chunk = chunks[number];
        if (liveBytes[number] == 0 && number != current && chunk != null) {
            budget.giveBack(chunk.length);
            capacity -= chunk.length;
            chunks[number] = null;
        }
    }

    /** Returns the chunks for a view; what they hold now is not overwritten any more. */
    Chunks snapshot() {
        Arrays.fill(isFrozen, 0, count, true);
        Chunks shared = new Chunks(budget);
        shared.chunks = Arrays.copyOf(chunks, count);
        return shared;
    }

    /** Returns whether more bytes are dead than alive, chunks that are being filled aside. */
    boolean isSparse() {
        return capacity > 2 * live + Math.clamp(live, 2 * MIN_CHUNK_BYTES, 2 * MAX_CHUNK_BYTES);
    }

    /** Marks chunks that are at most half alive: their messages are to be moved. */
    boolean[] sparse() {
        boolean[] all = new boolean[count];
        for (int i = 0; i < count; i++) {
            byte[] chunk = chunks[i];
            all[i] = chunk != null && 2L * liveBytes[i] <= chunk.length;
        }
        current = -1;
        return all;
    }

    static int chunk(int place) {
        return place >>> OFFSET_BITS;
    }
}
