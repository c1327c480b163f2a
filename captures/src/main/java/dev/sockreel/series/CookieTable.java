package dev.sockreel.series;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds a message of a dump by its cookie and length. Only the first of several alike is found, so that no dump,
 * whoever made it, makes a search long; so does the hash, which nobody knows.
 */
final class CookieTable {
    private static final long FACTOR = ThreadLocalRandom.current().nextLong() | 1;
    private static final int MAX_SIZE = 1 << 30;

    private final Cookies cookies;
    private final Budget budget;
    private Messages messages;
    /** Positions and 1, 0 for none. */
    private int[] table = new int[0];
    private int shift;

    CookieTable(Cookies cookies, Budget budget, Messages messages) {
        this.cookies = cookies;
        this.budget = budget;
        this.messages = messages;
    }

    /** Returns the position of the first message with the same cookie and length, -1 for none. */
    int find(byte[] from, int at, int bytes) {
        return table.length == 0 ? -1 : table[slot(from, at, bytes)] - 1;
    }

    /** Takes all messages of a dump; they must not be moved to other positions while they are looked for. */
    void build(Messages all) throws SeriesTooLargeException {
        messages = all;
        int count = all.size();
        int bits = Math.max(4, 33 - Integer.numberOfLeadingZeros(Math.min(count, MAX_SIZE / 2)));
        if (table.length < 1 << bits) {
            budget.take(4L * ((1 << bits) - table.length));
            table = new int[1 << bits];
        } else {
            Arrays.fill(table, 0);
        }
        shift = 64 - Integer.numberOfTrailingZeros(table.length);
        for (int i = 0; i < count; i++) {
            int slot = slot(all.chunk(i), all.at(i), all.bytes(i));
            if (table[slot] == 0) {
                table[slot] = i + 1;
            }
        }
    }

    /** Returns where the message's like is, or the empty slot where it would be. */
    private int slot(byte[] from, int at, int bytes) {
        int slot = (int) ((cookies.key(from, at, bytes) + bytes) * FACTOR >>> shift);
        while (table[slot] != 0 && !isLike(table[slot] - 1, from, at, bytes)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private boolean isLike(int position, byte[] from, int at, int bytes) {
        return messages.bytes(position) == bytes
                && cookies.key(messages.chunk(position), messages.at(position), bytes) == cookies.key(from, at, bytes);
    }
}
