package dev.sockreel.order;

import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the sockets of a snapshot by fields; equal ones stay in the order in which they came. Memory: the rows that are
 * kept, about 1,200 bytes each: the first ones only if their number is limited, or else all, at most {@link #MAX_ROWS}.
 */
public final class SortedRows {
    /** Sockets sorted at most. */
    public static final int MAX_ROWS = 1_000_000;
    /** The order without a field: those where most waits to be read, then to be sent. */
    private static final String BY_WAITING = "waiting,unread,sendQ";

    /** A row with the values by which it is sorted, and its place as it came. */
    private record Entry(List<@Nullable Object> values, long place, SocketRow row) {}

    private final List<SortKey> keys;
    private final int top;
    private final PriorityQueue<Entry> kept;
    private long rows;

    private SortedRows(List<SortKey> keys, int top) {
        this.keys = keys;
        this.top = top;
        this.kept = new PriorityQueue<>(order().reversed());
    }

    /**
     * Parses {@code FIELD[:asc|:desc]}, several with commas between them.
     *
     * @param fields null: what waits most comes first
     * @param top    how many are kept; {@link #MAX_ROWS} for all
     * @throws IllegalArgumentException if there is no such field, or the number is not from 1 to {@link #MAX_ROWS}
     */
    public static SortedRows by(@Nullable String fields, int top) {
        if (top < 1 || top > MAX_ROWS) {
            throw new IllegalArgumentException("--top " + top + ": give a number from 1 to " + MAX_ROWS);
        }
        String all = fields == null ? BY_WAITING : fields;
        return new SortedRows(Arrays.stream(all.split(",", -1)).map(SortKey::parse).toList(), top);
    }

    private Comparator<Entry> order() {
        return (a, b) -> {
            for (int i = 0; i < keys.size(); i++) {
                int order = keys.get(i).compare(a.values().get(i), b.values().get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Long.compare(a.place(), b.place());
        };
    }

    /** @throws IOException if all are to be sorted, and they are too many */
    public void add(SocketRow row) throws IOException {
        List<@Nullable Object> values = new ArrayList<>(keys.size());
        for (SortKey key : keys) {
            values.add(key.value(row));
        }
        Entry entry = new Entry(values, rows++, row);
        if (kept.size() == top) {
            if (top == MAX_ROWS) {
                throw new IOException("more than " + MAX_ROWS + " sockets cannot be sorted: use --top N or a FILTER");
            }
            if (order().compare(entry, kept.element()) >= 0) {
                return;
            }
            kept.remove();
        }
        kept.add(new Entry(values, entry.place(), row.hold()));
    }

    /** Returns the rows in order, and forgets them: others may be added. */
    public List<SocketRow> take() {
        List<Entry> all = new ArrayList<>(kept);
        kept.clear();
        all.sort(order());
        return all.stream().map(Entry::row).toList();
    }
}
