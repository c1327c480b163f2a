package dev.sockreel.delta.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds, for the rows of a list or the lines of a text, those before that they continue. Only a writer needs it: any
 * match is right, a bad one costs bytes.
 */
final class Matcher {
    /** What {@link #target} returns for a row that is none of those before. */
    static final int INSERTED = -1;

    /** The key length of lines, which are known by their first words. */
    static final int LINES = -1;

    /** How far it looks ahead before it makes an index of all. */
    private static final int WINDOW = 16;
    /** Of many equal keys, or keys that hash alike, so many are tried. */
    private static final int MAX_PROBES = 32;
    /** A line is known by its first word, at most so long. */
    private static final int MAX_WORD_BYTES = 32;

    private final int keyBytes;
    private final Tree old;
    private final int[] olds;
    private final Tree now;
    private final int[] news;
    /** Hash table of all old ones: their indexes plus 1. */
    private int @Nullable [] index;

    /** @param keyBytes the length of a row's key, or {@link #LINES} */
    Matcher(int keyBytes, Tree old, int[] olds, Tree now, int[] news) {
        this.keyBytes = keyBytes;
        this.old = old;
        this.olds = olds;
        this.now = now;
        this.news = news;
    }

    /**
     * Returns which of the old ones a new one is to be compared with; {@link #INSERTED} for the new one before it, the
     * number of old ones where there are no more new ones.
     *
     * @param n      the new one
     * @param cursor the old one that is expected
     */
    int target(int n, int cursor) {
        if (n == news.length) {
            return olds.length;
        }
        if (cursor < olds.length && isSame(cursor, n)) {
            return cursor;
        }
        for (int ahead = cursor + 1; ahead < olds.length && ahead <= cursor + WINDOW; ahead++) {
            if (isSame(ahead, n)) {
                return ahead;
            }
        }
        int found = keyBytes == 0 ? INSERTED : lookUp(n, cursor);
        if (found != INSERTED) {
            return found;
        }
        boolean replaces = n == 0 || !isNeeded(cursor, n);
        return cursor < olds.length && replaces ? cursor : INSERTED;
    }

    /** Returns whether the old one that is expected will be matched with a later new one. */
    private boolean isNeeded(int cursor, int n) {
        if (cursor >= olds.length) {
            return false;
        }
        for (int ahead = n + 1; ahead < news.length && ahead <= n + WINDOW; ahead++) {
            if (isSame(cursor, ahead)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSame(int o, int n) {
        int oldAt = old.start[olds[o]];
        int newAt = now.start[news[n]];
        return Arrays.equals(
                old.body, oldAt, keyEnd(old, olds[o], oldAt), now.body, newAt, keyEnd(now, news[n], newAt));
    }

    private int keyEnd(Tree tree, int unit, int at) {
        if (keyBytes >= 0) {
            return at + keyBytes;
        }
        int end = Math.min(tree.end[unit], at + MAX_WORD_BYTES);
        int i = at;
        while (i < end && tree.body[i] == ' ') {
            i++;
        }
        while (i < end && tree.body[i] != ' ' && tree.body[i] != '\t' && tree.body[i] != ':') {
            i++;
        }
        return i;
    }

    private int lookUp(int n, int cursor) {
        int[] table = index;
        if (table == null) {
            table = new int[Integer.highestOneBit(Math.max(4, 4 * olds.length))];
            for (int o = olds.length - 1; o >= 0; o--) {
                insert(table, o);
            }
            index = table;
        }
        int found = INSERTED;
        int begin = hash(now, news[n]);
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            int o = table[begin + probe & table.length - 1] - 1;
            if (o < 0) {
                break;
            }
            if (isSame(o, n) && (found == INSERTED || found < cursor && o >= cursor)) {
                found = o;
            }
        }
        return found;
    }

    private void insert(int[] table, int o) {
        int begin = hash(old, olds[o]);
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            int i = begin + probe & table.length - 1;
            if (table[i] == 0) {
                table[i] = o + 1;
                return;
            }
        }
    }

    private int hash(Tree tree, int unit) {
        int at = tree.start[unit];
        int end = keyEnd(tree, unit, at);
        int hash = 1;
        for (int i = at; i < end; i++) {
            hash = 31 * hash + tree.body[i];
        }
        hash *= 0x9E3779B1;
        return hash ^ hash >>> 15;
    }
}
