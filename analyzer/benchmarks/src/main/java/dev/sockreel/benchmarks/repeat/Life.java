package dev.sockreel.benchmarks.repeat;

import org.jspecify.annotations.Nullable;

/** A socket that is in a capture's first and last snapshot: what it must become when the capture is repeated. */
final class Life {
    /** The clocks of the kernel tick in 4 ms or 10 ms, and a dump takes a while. */
    private static final int TOLERANCE_MS = 200;
    private static final int WORDS = TcpInfo.COUNTERS_64.length + TcpInfo.COUNTERS_32.length;
    private static final int[] NO_AGES = {};
    private static final int RESET = Integer.MIN_VALUE;

    private int[] firstAgesMs = NO_AGES;
    private int[] lastAgesMs = NO_AGES;
    /** The growth of the ages in the whole capture; {@link #RESET} for one that was reset. */
    private int[] agedMs = NO_AGES;
    /** The growth of the counters, those of 8 bytes first; null for a socket that was silent. */
    private long @Nullable [] growth;
    private long @Nullable [] firstCounters;
    private boolean wholeLife;

    /** Returns a socket as the first snapshot shows it. */
    static Life begun(SocketMessage message) {
        Life life = new Life();
        if (message.hasInfo()) {
            life.firstAgesMs = ages(message);
            life.firstCounters = counters(message);
        }
        return life;
    }

    /**
     * Takes note of how the last snapshot shows it.
     *
     * @param elapsedMs from the first snapshot to the last
     */
    void end(SocketMessage message, long elapsedMs) {
        wholeLife = true;
        long[] first = firstCounters;
        firstCounters = null;
        if (first == null || !message.hasInfo()) {
            firstAgesMs = NO_AGES;
            return;
        }
        lastAgesMs = ages(message);
        agedMs = new int[lastAgesMs.length];
        for (int i = 0; i < agedMs.length; i++) {
            int aged = lastAgesMs[i] - firstAgesMs[i];
            agedMs[i] = isSilent(aged, elapsedMs) ? aged : RESET;
        }
        long[] grown = counters(message);
        long any = 0;
        for (int i = 0; i < WORDS; i++) {
            grown[i] = Math.max(0, grown[i] - first[i]);
            any |= grown[i];
        }
        growth = any == 0 ? null : grown;
    }

    /** Returns whether it is in the last snapshot, too. */
    boolean isWhole() {
        return wholeLife;
    }

    /**
     * Changes a message of this socket into what a repetition shows.
     *
     * @param repetition 1 for the first one after the original
     * @param elapsedMs  from the capture's first snapshot to this message
     */
    void repeat(SocketMessage message, int repetition, long elapsedMs) {
        if (firstAgesMs.length == 0 || !message.hasInfo()) {
            return;
        }
        for (int i = 0; i < firstAgesMs.length; i++) {
            int at = TcpInfo.AGES[i];
            if (message.has(at, Integer.BYTES)) {
                message.setWord(at, age(i, message.word(at), repetition, elapsedMs));
            }
        }
        if (growth != null) {
            grow(message, growth, repetition);
        }
    }

    /** An age that was not reset since the first snapshot goes on from what the repetition before ended with. */
    private int age(int which, int nowMs, int repetition, long elapsedMs) {
        int first = firstAgesMs[which];
        if (!isSilent(nowMs - first, elapsedMs)) {
            return nowMs;
        }
        int begun = agedMs[which] == RESET ? lastAgesMs[which] : first + repetition * agedMs[which];
        return begun + nowMs - first;
    }

    private static boolean isSilent(int grownMs, long elapsedMs) {
        return Math.abs(grownMs - elapsedMs) <= TOLERANCE_MS;
    }

    private static void grow(SocketMessage message, long[] growth, int repetition) {
        int i = 0;
        for (int at : TcpInfo.COUNTERS_64) {
            if (message.has(at, Long.BYTES)) {
                message.setLongWord(at, message.longWord(at) + growth[i] * repetition);
            }
            i++;
        }
        for (int at : TcpInfo.COUNTERS_32) {
            if (message.has(at, Integer.BYTES)) {
                message.setWord(at, (int) (message.word(at) + growth[i] * repetition));
            }
            i++;
        }
    }

    private static int[] ages(SocketMessage message) {
        int[] ages = new int[TcpInfo.AGES.length];
        for (int i = 0; i < ages.length; i++) {
            ages[i] = message.has(TcpInfo.AGES[i], Integer.BYTES) ? message.word(TcpInfo.AGES[i]) : 0;
        }
        return ages;
    }

    private static long[] counters(SocketMessage message) {
        long[] counters = new long[WORDS];
        int i = 0;
        for (int at : TcpInfo.COUNTERS_64) {
            counters[i++] = message.has(at, Long.BYTES) ? message.longWord(at) : 0;
        }
        for (int at : TcpInfo.COUNTERS_32) {
            counters[i++] = message.has(at, Integer.BYTES) ? Integer.toUnsignedLong(message.word(at)) : 0;
        }
        return counters;
    }
}
