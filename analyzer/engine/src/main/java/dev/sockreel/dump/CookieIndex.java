package dev.sockreel.dump;

import dev.sockreel.sockdiag.Socket;
import java.security.SecureRandom;
import java.util.function.LongConsumer;

/** Map from cookie to row of one dump: open addressing over two arrays, no object per socket. */
public final class CookieIndex {
    public static final CookieIndex NONE = new CookieIndex(0);

    private static final int EMPTY = 0;
    /** Spreads cookies so that nobody can choose many that fall into one place. */
    private static final long SEED = new SecureRandom().nextLong() | 1;

    private final long[] cookies;
    private final int[] rows;
    private final int mask;
    private int size;

    /** Creates an index for at most {@code sockets} cookies. */
    public CookieIndex(int sockets) {
        int size = Integer.highestOneBit(Math.max(8, sockets)) * 4;
        cookies = new long[size];
        rows = new int[size];
        mask = size - 1;
    }

    /**
     * Adds a cookie.
     *
     * @return false if the cookie is already present (it keeps its row) or is {@link Socket#NO_COOKIE}
     */
    public boolean add(long cookie, int row) {
        if (cookie == Socket.NO_COOKIE) {
            return false;
        }
        int at = slot(cookie);
        while (rows[at] != EMPTY) {
            if (cookies[at] == cookie) {
                return false;
            }
            at = (at + 1) & mask;
        }
        cookies[at] = cookie;
        rows[at] = row + 1;
        size++;
        return true;
    }

    /** Returns whether this index has a cookie that the other lacks. */
    public boolean hasMoreThan(CookieIndex other) {
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] != EMPTY && !other.has(cookies[i])) {
                return true;
            }
        }
        return false;
    }

    public boolean has(long cookie) {
        return row(cookie) >= 0;
    }

    public int size() {
        return size;
    }

    /** Calls {@code each} for every cookie, in no particular order. */
    public void forEach(LongConsumer each) {
        for (int i = 0; i < cookies.length; i++) {
            if (rows[i] != EMPTY) {
                each.accept(cookies[i]);
            }
        }
    }

    /** Returns the cookie's row, or -1 if it is absent. */
    public int row(long cookie) {
        int at = slot(cookie);
        while (rows[at] != EMPTY) {
            if (cookies[at] == cookie) {
                return rows[at] - 1;
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    private int slot(long cookie) {
        long h = (cookie ^ SEED) * 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 32) * SEED;
        return (int) (h >>> 32) & mask;
    }
}
