package dev.sockreel.delta.record;

import dev.sockreel.delta.record.Field.Num;
import dev.sockreel.delta.record.Field.Text;
import dev.sockreel.delta.record.Field.Time;

/** Makes a number from the fields of a record that tell it from others of its type. */
final class RecordKey {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    static long of(int kind, Layout layout, Tree tree) {
        long key = mixed(0, kind);
        int at = 0;
        int child = 1;
        for (Field field : layout.fields()) {
            switch (field) {
                case Num n -> {
                    if (n.key()) {
                        key = mixed(key, tree.number(at, n.bytes()));
                    }
                    at += n.bytes();
                }
                case Time t -> at += ClockCoder.TIME_BYTES;
                default -> {
                    if (field instanceof Text t && t.key()) {
                        for (int i = tree.start[child]; i < tree.end[child]; i++) {
                            key = mixed(key, tree.body[i]);
                        }
                    }
                    at = tree.end[child];
                    child = tree.after[child];
                }
            }
        }
        return key;
    }

    private static long mixed(long key, long value) {
        long product = (key ^ value) * FACTOR;
        return product ^ product >>> 29;
    }

    private RecordKey() {}
}
