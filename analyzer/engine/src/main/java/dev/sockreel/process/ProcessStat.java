package dev.sockreel.process;

import java.nio.charset.StandardCharsets;
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
        String line = new String(stat, StandardCharsets.ISO_8859_1);
        int bracket = line.lastIndexOf(')');
        if (bracket < 0 || bracket + 2 >= line.length()) {
            return new ProcessStat(null, UNKNOWN, UNKNOWN, UNKNOWN);
        }
        char letter = line.charAt(bracket + 2);
        String[] fields = line.substring(bracket + 2).split(" ", STARTTIME + 2);
        return new ProcessStat(
                Character.isLetter(letter) ? String.valueOf(letter) : null,
                fields.length > STARTTIME ? number(fields[STARTTIME].strip()) : UNKNOWN, cpu(fields),
                fields.length > NUM_THREADS ? number(fields[NUM_THREADS]) : UNKNOWN);
    }

    private static long cpu(String[] fields) {
        long user = fields.length > STIME ? number(fields[UTIME]) : UNKNOWN;
        long system = fields.length > STIME ? number(fields[STIME]) : UNKNOWN;
        return user < 0 || system < 0 ? UNKNOWN : user + system;
    }

    private static long number(String digits) {
        boolean valid = !digits.isEmpty() && digits.length() <= MAX_DIGITS
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return valid ? Long.parseLong(digits) : UNKNOWN;
    }
}
