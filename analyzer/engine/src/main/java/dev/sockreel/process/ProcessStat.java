package dev.sockreel.process;

import org.jspecify.annotations.Nullable;

/**
 * The fields of /proc/PID/stat that a holder of sockets is known by.
 *
 * @param state        the letter R, S, D, T, Z, …; null when not known
 * @param startedTicks clock ticks from the boot to the start of the process; {@link #UNKNOWN} when not known
 * @param cpuTicks     clock ticks of CPU time that it used, user and system; {@link #UNKNOWN} when not known
 * @param threads      number of its threads; {@link #UNKNOWN} when not known
 */
public record ProcessStat(@Nullable String state, long startedTicks, long cpuTicks, long threads) {
    public static final long UNKNOWN = -1;

    private static final int MAX_DIGITS = 18;
    /** The number of the field starttime among those after comm. */
    private static final int STARTTIME = 22 - 3;
    private static final int NUM_THREADS = 20 - 3;
    private static final int UTIME = 14 - 3;
    private static final int STIME = 15 - 3;

    /** Parses a line. Its second field, comm, may hold anything: the fields are counted from its last bracket. */
    public static ProcessStat of(byte[] stat) {
        int bracket = stat.length - 1;
        while (bracket >= 0 && stat[bracket] != ')') {
            bracket--;
        }
        if (bracket < 0 || bracket + 2 >= stat.length) {
            return new ProcessStat(null, UNKNOWN, UNKNOWN, UNKNOWN);
        }
        char letter = (char) (stat[bracket + 2] & 0xff);
        long user = UNKNOWN;
        long system = UNKNOWN;
        long threads = UNKNOWN;
        long started = UNKNOWN;
        int at = bracket + 2;
        for (int field = 0; field <= STARTTIME && at <= stat.length; field++) {
            int end = fieldEnd(stat, at);
            switch (field) {
                case UTIME -> user = number(stat, at, end);
                case STIME -> system = number(stat, at, end);
                case NUM_THREADS -> threads = number(stat, at, end);
                case STARTTIME -> started = number(stat, stripped(stat, at, end), strippedEnd(stat, at, end));
                default -> {}
            }
            at = end + 1;
        }
        return new ProcessStat(
                Character.isLetter(letter) ? String.valueOf(letter) : null, started,
                user < 0 || system < 0 ? UNKNOWN : user + system, threads);
    }

    private static int fieldEnd(byte[] stat, int from) {
        int at = from;
        while (at < stat.length && stat[at] != ' ') {
            at++;
        }
        return at;
    }

    private static int stripped(byte[] stat, int from, int to) {
        int at = from;
        while (at < to && Character.isWhitespace(stat[at] & 0xff)) {
            at++;
        }
        return at;
    }

    private static int strippedEnd(byte[] stat, int from, int to) {
        int at = to;
        while (at > from && Character.isWhitespace(stat[at - 1] & 0xff)) {
            at--;
        }
        return at;
    }

    private static long number(byte[] stat, int from, int to) {
        if (to <= from || to - from > MAX_DIGITS) {
            return UNKNOWN;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            if (stat[i] < '0' || stat[i] > '9') {
                return UNKNOWN;
            }
            number = number * 10 + stat[i] - '0';
        }
        return number;
    }
}
