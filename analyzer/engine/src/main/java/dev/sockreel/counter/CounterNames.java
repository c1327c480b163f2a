package dev.sockreel.counter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The names of some counters, which are looked for in the texts of each snapshot without taking the others apart. */
public final class CounterNames {
    /** The value of a counter that was not recorded. */
    public static final long UNKNOWN = -1;

    private record Name(String text, byte[] group, byte[] name) {
        static Name of(String counter) {
            int dot = counter.indexOf('.');
            return new Name(counter, counter.substring(0, dot).getBytes(StandardCharsets.US_ASCII),
                    counter.substring(dot + 1).getBytes(StandardCharsets.US_ASCII));
        }

        boolean is(byte[] text, int groupFrom, int groupEnd, int nameFrom, int nameEnd) {
            return nameEnd - nameFrom == name.length && groupEnd - groupFrom == group.length
                    && Arrays.equals(name, 0, name.length, text, nameFrom, nameEnd)
                    && Arrays.equals(group, 0, group.length, text, groupFrom, groupEnd);
        }
    }

    private final List<Name> names;
    /** A bit for each length of a name. */
    private final long lengths;

    /** @param names as in {@code TcpExt.ListenOverflows}, shorter than 64 bytes behind the dot; none of softnet */
    public CounterNames(List<String> names) {
        this.names = names.stream().map(Name::of).toList();
        long found = 0;
        for (Name name : this.names) {
            found |= 1L << name.name().length;
        }
        this.lengths = found;
    }

    /** Returns a value for each name, all {@link #UNKNOWN}. */
    long[] unknown() {
        long[] values = new long[names.size()];
        Arrays.fill(values, UNKNOWN);
        return values;
    }

    /** Returns what finds their values, of each the first; it goes on until all are found. */
    CounterText.Sink into(long[] values) {
        return new Finder(values);
    }

    private final class Finder implements CounterText.Sink {
        private final long[] values;
        private int missing;

        Finder(long[] values) {
            this.values = values;
            this.missing = values.length;
        }

        @Override
        public boolean takesNameOf(int bytes) {
            return bytes < Long.SIZE && (lengths >>> bytes & 1) != 0;
        }

        @Override
        public boolean take(byte[] text, int group, int groupEnd, int name, int nameEnd, long value) {
            for (int i = 0; i < values.length; i++) {
                if (values[i] == UNKNOWN && names.get(i).is(text, group, groupEnd, name, nameEnd)) {
                    values[i] = value;
                    missing--;
                }
            }
            return missing > 0;
        }
    }

    /** Fills in the values of those that are among all counters of a snapshot. */
    void fill(long[] values, Map<String, Long> all) {
        for (int i = 0; i < values.length; i++) {
            values[i] = all.getOrDefault(names.get(i).text(), UNKNOWN);
        }
    }
}
