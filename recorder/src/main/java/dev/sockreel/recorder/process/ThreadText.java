package dev.sockreel.recorder.process;

import dev.sockreel.capture.record.Threads;

/**
 * Parses /proc/PID/stat and /proc/PID/task/TID/{stat,syscall,wchan} from the bytes they were read into. A text that is
 * cut or is none of the known forms yields "unknown", never a wrong value.
 *
 * <pre>
 *  stat      PID (COMM) STATE PPID …; COMM may hold anything, so fields are counted from its last parenthesis
 *  syscall   "running", "-1 SP PC" (no system call), "NUMBER ARG0 … ARG5 SP PC"; arguments in hex
 *  wchan     name of a kernel function, or "0"
 * </pre>
 */
final class ThreadText {
    /** First arguments from here on are no descriptors and may be addresses; fs.nr_open is 2^20 by default. */
    static final int MAX_ARGUMENT = 1 << 20;

    /** Enough for x32's calls, whose numbers begin at 2^30. */
    private static final int MAX_NUMBER_DIGITS = 10;

    /** The place of starttime among the fields after the name. */
    private static final int STARTED_FIELD = 19;

    /**
     * A system call.
     *
     * @param number   its number, or {@link Threads#NO_CALL}, {@link Threads#RUNNING}, {@link Threads#UNREADABLE}
     * @param argument its first argument below {@link #MAX_ARGUMENT}, else {@link Threads#NO_ARGUMENT}
     */
    record Call(int number, int argument) {
        static final Call NONE = new Call(Threads.NO_CALL, Threads.NO_ARGUMENT);
        static final Call RUNNING = new Call(Threads.RUNNING, Threads.NO_ARGUMENT);
        static final Call UNREADABLE = new Call(Threads.UNREADABLE, Threads.NO_ARGUMENT);
    }

    /** Returns the letter of the state in a stat text, 0 when there is none. */
    static int state(byte[] stat, int length) {
        int at = afterName(stat, length);
        boolean whole = at + 1 < length && stat[at + 1] == ' ';
        return whole && (stat[at] >= 'A' && stat[at] <= 'Z' || stat[at] >= 'a' && stat[at] <= 'z') ? stat[at] : 0;
    }

    /** Returns field 22 of a stat text, the start in clock ticks after the host's boot; -1 when there is none. */
    static long startedTicks(byte[] stat, int length) {
        int at = afterName(stat, length);
        for (int field = 0; field < STARTED_FIELD; field++) {
            while (at < length && stat[at] != ' ') {
                at++;
            }
            at++;
        }
        long ticks = 0;
        int begin = at;
        while (at < length && isDigit(stat[at])) {
            ticks = ticks * 10 + (stat[at++] - '0');
        }
        boolean whole = at > begin && at - begin < 19 && at < length && stat[at] == ' ';
        return whole ? ticks : -1;
    }

    /** Returns the place after ") ", the length when there is none. */
    private static int afterName(byte[] stat, int length) {
        int at = length - 1;
        while (at >= 0 && stat[at] != ')') {
            at--;
        }
        return at >= 0 && at + 1 < length && stat[at + 1] == ' ' ? at + 2 : length;
    }

    /** Returns the call in a syscall text. */
    static Call call(byte[] text, int length) {
        if (length == 8 && text[0] == 'r' && text[7] == '\n') {
            return Call.RUNNING;
        }
        if (length > 3 && text[0] == '-' && text[1] == '1' && text[2] == ' ') {
            return Call.NONE;
        }
        int at = 0;
        long number = 0;
        while (at < length && at < MAX_NUMBER_DIGITS && isDigit(text[at])) {
            number = number * 10 + (text[at++] - '0');
        }
        boolean whole = at > 0 && at + 2 < length && text[at] == ' ' && text[at + 1] == '0' && text[at + 2] == 'x';
        return whole && number <= Integer.MAX_VALUE
                ? new Call((int) number, argument(text, at + 3, length))
                : Call.UNREADABLE;
    }

    private static int argument(byte[] text, int from, int length) {
        long value = 0;
        int at = from;
        while (at < length && at - from < 16 && Character.digit(text[at], 16) >= 0) {
            value = value << 4 | Character.digit(text[at++], 16);
        }
        boolean whole = at > from && at < length && text[at] == ' ';
        return whole && value >= 0 && value < MAX_ARGUMENT ? (int) value : Threads.NO_ARGUMENT;
    }

    /** Returns the length of the function's name in a wchan text, 0 when it has none or anything but a name. */
    static int wchanLength(byte[] text, int length) {
        if (length == 1 && text[0] == '0') {
            return 0;
        }
        for (int i = 0; i < length; i++) {
            boolean name = text[i] == '_' || text[i] == '.' || Character.isLetterOrDigit((char) (text[i] & 0x7f));
            if (text[i] < 0 || !name) {
                return 0;
            }
        }
        return length;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private ThreadText() {}
}
