package dev.sockreel.dump;

import java.security.SecureRandom;

/** A set of cookies that come and go: open addressing over one array, no object per socket. */
final class CookieSet {
    /** Stands for an empty place; a cookie of 0 is not kept. */
    private static final long EMPTY = 0;
    /** Spreads cookies so that nobody can choose many that fall into one place. */
    private static final long SEED = new SecureRandom().nextLong() | 1;

    private long[] places = new long[64];
    private int size;

    /** Adds a cookie. Returns false if it is there already. */
    boolean add(long cookie) {
        if (cookie == EMPTY) {
            return true;
        }
        if (size * 2 >= places.length) {
            grow();
        }
        int at = home(cookie);
        while (places[at] != EMPTY) {
            if (places[at] == cookie) {
                return false;
            }
            at = at + 1 & places.length - 1;
        }
        places[at] = cookie;
        size++;
        return true;
    }

    private void grow() {
        long[] before = places;
        places = new long[before.length * 2];
        size = 0;
        for (long cookie : before) {
            add(cookie);
        }
    }

    /** Removes a cookie; those that it kept from their home move towards it. */
    void remove(long cookie) {
        int mask = places.length - 1;
        int at = home(cookie);
        while (places[at] != cookie) {
            if (places[at] == EMPTY) {
                return;
            }
            at = at + 1 & mask;
        }
        if (cookie == EMPTY) {
            return;
        }
        int hole = at;
        for (int next = hole + 1 & mask; places[next] != EMPTY; next = next + 1 & mask) {
            if ((next - home(places[next]) & mask) >= (next - hole & mask)) {
                places[hole] = places[next];
                hole = next;
            }
        }
        places[hole] = EMPTY;
        size--;
    }

    private int home(long cookie) {
        long h = (cookie ^ SEED) * 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 32) * SEED;
        return (int) (h >>> 32) & places.length - 1;
    }
}
