package dev.sockreel.delta;

import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.series.Applying;
import dev.sockreel.series.HostWords;
import dev.sockreel.series.Matching;
import dev.sockreel.series.SeriesState;
import dev.sockreel.series.SeriesTooLargeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Codes messages that the dump before did not have, word by word against the last one of that length. */
final class AppearanceCoder {
    private static final int BYTES_A_WORD = 12;
    private static final int SEQ_WORD = 2;
    private static final int PID_WORD = 3;
    private static final int MIN_WORDS = Nlmsghdr.BYTES / 4;

    private final SeriesState state;
    private final HostWords words;
    /** By number of words. */
    private @Nullable Last[] lasts = new Last[64];
    private int lastWords = MIN_WORDS;

    /** The last message of a length that appeared: values, how they had changed, values before. */
    private static final class Last {
        final int[] value;
        final int[] step;
        final int[] before;

        Last(int words) {
            value = new int[words];
            step = new int[words];
            before = new int[words];
        }
    }

    AppearanceCoder(SeriesState state) {
        this.state = state;
        this.words = state.words();
    }

    /** Writes the last message that was matched. */
    void write(Columns out, Matching from) throws SeriesTooLargeException, BadColumnsException {
        int size = codeLength(out, from.messageBytes() >> 2);
        code(out, last(size), from.bytes(), from.message());
    }

    /** Reads a message into the dump. */
    void read(Columns in, Applying to) throws SeriesTooLargeException, BadColumnsException {
        int size = codeLength(in, 0);
        in.require(DumpColumns.APPEARED_MASK, size - 2 >> 3);
        to.appear(size * 4);
        code(in, last(size), to.bytes(), to.message());
        if (Nlmsghdr.align(words.get(to.bytes(), to.message())) != size * 4) {
            throw new BadColumnsException("a message states another length than its own");
        }
    }

    private int codeLength(Columns columns, int size) throws BadColumnsException {
        int step = columns.number(DumpColumns.APPEARED_LENGTH, size - lastWords, MIN_WORDS - lastWords,
                SeriesState.MAX_MESSAGE_BYTES / 4 - lastWords);
        lastWords += step;
        return lastWords;
    }

    private Last last(int size) throws SeriesTooLargeException {
        if (size >= lasts.length) {
            lasts = Arrays.copyOf(lasts, Math.max(size + 1, lasts.length * 2));
        }
        Last last = lasts[size];
        if (last == null) {
            state.take(BYTES_A_WORD * (long) size);
            last = new Last(size);
            lasts[size] = last;
        }
        return last;
    }

    private void code(Columns columns, Last last, byte[] bytes, int message) throws BadColumnsException {
        columns.align(DumpColumns.APPEARED_MASK);
        for (int word = 0; word < last.value.length; word++) {
            if (word == SEQ_WORD || word == PID_WORD) {
                continue;
            }
            int at = message + word * 4;
            int was = last.value[word];
            int value = columns.isWriting() ? words.get(bytes, at) : 0;
            if (columns.flag(DumpColumns.APPEARED_MASK, value != was)) {
                value = other(columns, last, word, value);
                last.step[word] = value - was;
                last.before[word] = was;
                last.value[word] = value;
            } else {
                value = was;
            }
            if (!columns.isWriting()) {
                words.put(bytes, at, value);
            }
        }
    }

    private int other(Columns columns, Last last, int word, int value) throws BadColumnsException {
        int was = last.value[word];
        int step = last.step[word];
        if (step != 0 && columns.flag(DumpColumns.APPEARED_HOW, value - was == step)) {
            return was + step;
        }
        if (columns.flag(DumpColumns.APPEARED_HOW, value == last.before[word])) {
            return last.before[word];
        }
        return was + (int) columns.number(
                DumpColumns.ofWord(word, state.cookieAt(), DumpColumns.APPEARED), value - was);
    }
}
