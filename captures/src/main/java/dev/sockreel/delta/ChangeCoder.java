package dev.sockreel.delta;

import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.series.Applying;
import dev.sockreel.series.ChangedWords;
import dev.sockreel.series.HostWords;
import dev.sockreel.series.Matching;
import dev.sockreel.series.SeriesState;
import dev.sockreel.series.SeriesTooLargeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Codes messages that are not as predicted: which words are wrong, then by how much. The message at work has its final
 * values in all words before the one at work.
 */
final class ChangeCoder {
    private final SeriesState state;
    private final HostWords words;
    private final int cookieAt;
    /** By number of words. */
    private @Nullable ChangeModel[] models = new ChangeModel[64];
    private int[] list = new int[64];
    private int count;

    private byte[] bytes = new byte[0];
    private int message;
    private ChangeModel model = new ChangeModel(0);
    private boolean isMove;
    /** The rate whose words are at work, -1 where it does not follow. */
    private long rate;

    ChangeCoder(SeriesState state) {
        this.state = state;
        this.words = state.words();
        this.cookieAt = state.cookieAt();
    }

    /** Writes the last message that was matched. */
    void write(Columns out, Matching from) throws SeriesTooLargeException, BadColumnsException {
        ChangedWords changed = from.changed();
        begin(out, from.bytes(), from.message(), from.messageBytes());
        count = changed.count();
        makeRoom(count);
        for (int i = 0; i < count; i++) {
            list[i] = changed.word(i);
        }
        writeMask(out);
        isMove = changed.isClockMove();
        for (int i = 0; i < count; i++) {
            int clock = changed.growth(i) - changed.error(i);
            int predicted = words.get(bytes, message + list[i] * 4) - changed.error(i);
            code(out, i, predicted, clock, changed.error(i));
        }
    }

    /** Reads the message that is at work. */
    void read(Columns in, Applying to) throws SeriesTooLargeException, BadColumnsException {
        ChangedWords changed = to.changed();
        begin(in, to.bytes(), to.message(), to.messageBytes());
        readMask(in, to.messageBytes() >> 2);
        isMove = to.isClockMove(list, count);
        for (int i = 0; i < count; i++) {
            int at = message + list[i] * 4;
            int clock = to.predictedGrowth(list[i]);
            int predicted = words.get(bytes, at);
            int error = code(in, i, predicted, clock, 0);
            words.put(bytes, at, predicted + error);
            changed.add(list[i], error, error + clock);
        }
        if (Nlmsghdr.align(words.get(bytes, message)) != to.messageBytes()) {
            throw new BadColumnsException("a message states another length than its own");
        }
    }

    private void begin(Columns columns, byte[] in, int at, int length)
            throws SeriesTooLargeException, BadColumnsException {
        bytes = in;
        message = at;
        int size = length >> 2;
        if (size >= models.length) {
            models = Arrays.copyOf(models, Math.max(size + 1, models.length * 2));
        }
        ChangeModel known = models[size];
        if (known == null) {
            state.take(ChangeModel.BYTES_A_WORD * (long) size + ChangeModel.BYTES);
            known = new ChangeModel(size);
            int info = columns.isWriting() ? TcpRelations.find(words, in, at, length, cookieAt) : 0;
            known.info = columns.number(DumpColumns.INFO, info, 0, Math.max(0, size - TcpRelations.WORDS));
            models[size] = known;
        }
        model = known;
        model.beginMessage();
    }

    private void makeRoom(int needed) {
        if (list.length < needed) {
            list = Arrays.copyOf(list, Math.max(needed, list.length * 2));
        }
    }

    private void writeMask(Columns out) throws SeriesTooLargeException, BadColumnsException {
        int recent = model.recent.find(list, count);
        out.number(DumpColumns.RECENT, recent + 1);
        if (recent < 0) {
            writeNewMask(out);
            state.take(model.recent.add(list, count));
        } else {
            model.recent.use(recent);
        }
    }

    private void writeNewMask(Columns out) throws BadColumnsException {
        int at = 0;
        int extra = 0;
        for (int i = 0; i < model.liveCount; i++) {
            while (at < count && list[at] < model.live[i]) {
                at++;
                extra++;
            }
            boolean isSet = at < count && list[at] == model.live[i];
            out.flag(DumpColumns.MASK, isSet);
            at += isSet ? 1 : 0;
        }
        if (model.liveCount > 0) {
            out.align(DumpColumns.MASK);
        }
        extra += count - at;
        out.flag(DumpColumns.MORE, extra > 0);
        if (extra > 0) {
            out.number(DumpColumns.EXTRA, extra);
            for (int i = 0; i < count; i++) {
                if (!model.isLive(list[i])) {
                    out.number(DumpColumns.EXTRA, list[i]);
                    model.addLive(list[i]);
                }
            }
        }
    }

    private void readMask(Columns in, int size) throws SeriesTooLargeException, BadColumnsException {
        makeRoom(size);
        int recent = in.number(DumpColumns.RECENT, 0, 0, model.recent.size()) - 1;
        if (recent < 0) {
            readNewMask(in, size);
            state.take(model.recent.add(list, count));
        } else {
            count = model.recent.copy(recent, list);
            model.recent.use(recent);
        }
    }

    private void readNewMask(Columns in, int size) throws BadColumnsException {
        count = 0;
        for (int i = 0; i < model.liveCount; i++) {
            if (in.flag(DumpColumns.MASK, false)) {
                list[count++] = model.live[i];
            }
        }
        if (model.liveCount > 0) {
            in.align(DumpColumns.MASK);
        }
        if (in.flag(DumpColumns.MORE, false)) {
            int extra = in.number(DumpColumns.EXTRA, 0, 1, size - count);
            for (int i = 0; i < extra; i++) {
                int word = in.number(DumpColumns.EXTRA, 0, 0, size - 1);
                if (model.isLive(word)) {
                    throw new BadColumnsException("word " + word + " of a message is there twice");
                }
                list[count++] = word;
                model.addLive(word);
            }
            Arrays.sort(list, 0, count);
        }
    }

    /** Codes one word; returns by how much it is not as predicted. */
    private int code(Columns columns, int i, int predicted, int clock, int error) throws BadColumnsException {
        int word = list[i];
        int result = byRelation(columns, i, predicted);
        if (result == 0) {
            result = byPartner(columns, word, clock, error);
        }
        if (result == 0) {
            result = byValue(columns, word, predicted, error);
        }
        model.grew(word, result + clock, list, i);
        return result;
    }

    private int byPartner(Columns columns, int word, int clock, int error) throws BadColumnsException {
        if (!model.hasPartner(word) || model.partnerGrowth(word) == clock) {
            return 0;
        }
        int same = model.partnerGrowth(word) - clock;
        return columns.flag(DumpColumns.PARTNER, error == same) ? same : 0;
    }

    private int byValue(Columns columns, int word, int predicted, int error) throws BadColumnsException {
        int kind = isMove ? DumpColumns.MOVE : 0;
        int value;
        if (model.isAbsolute(word, isMove)) {
            int column = DumpColumns.ofWord(word, cookieAt, kind + DumpColumns.ABSOLUTE);
            value = (int) columns.number(column, predicted + error);
        } else {
            value = predicted + (int) columns.number(DumpColumns.ofWord(word, cookieAt, kind), error);
        }
        model.cost(word, isMove, value - predicted, value);
        return value - predicted;
    }

    /** Returns the error of a word of a rate that follows from the words before, 0 where it does not follow. */
    private int byRelation(Columns columns, int i, int predicted) throws BadColumnsException {
        int word = list[i] - model.info;
        boolean isPacing = (word & ~1) == TcpRelations.PACING_RATE;
        if (model.info == TcpRelations.NONE || !isPacing && (word & ~1) != TcpRelations.DELIVERY_RATE) {
            return 0;
        }
        boolean isSecond = (word & 1) != 0;
        if (!isSecond || i == 0 || list[i - 1] != list[i] - 1) {
            int info = message + model.info * 4;
            rate = isPacing ? pacing(columns, info) : delivery(columns, info);
        }
        boolean isUpper = isSecond != words.isBig();
        return rate < 0 ? 0 : (int) (isUpper ? rate >>> 32 : rate) - predicted;
    }

    /** Returns the pacing rate if it follows, else -1. */
    private long pacing(Columns columns, int info) throws BadColumnsException {
        long dividend = TcpRelations.pacingDividend(words, bytes, info);
        if (dividend == 0) {
            return -1;
        }
        int code = columns.isWriting()
                ? TcpRelations.pacingCode(words, bytes, info, dividend, eight(info + TcpRelations.PACING_RATE * 4))
                : -1;
        if (!columns.flag(DumpColumns.RELATION, code >= 0)) {
            return -1;
        }
        code = columns.number(DumpColumns.PACING, code, 0, TcpRelations.PACING_CODES - 1);
        return TcpRelations.pacing(words, bytes, info, dividend, code);
    }

    /** Returns the delivery rate if it follows, else -1. */
    private long delivery(Columns columns, int info) throws BadColumnsException {
        long code = columns.isWriting()
                ? TcpRelations.deliveryCode(words, bytes, info, eight(info + TcpRelations.DELIVERY_RATE * 4))
                : 0;
        if (!columns.flag(DumpColumns.RELATION, code != 0)) {
            return -1;
        }
        int packets = columns.number(DumpColumns.PACKETS, (int) code, 1, TcpRelations.MAX_PACKETS);
        int interval = columns.number(DumpColumns.INTERVAL, (int) (code >>> 32), 1, TcpRelations.MAX_INTERVAL);
        return TcpRelations.delivery(words, bytes, info, packets, interval);
    }

    private long eight(int at) {
        long first = Integer.toUnsignedLong(words.get(bytes, at));
        long second = Integer.toUnsignedLong(words.get(bytes, at + 4));
        return words.isBig() ? first << 32 | second : second << 32 | first;
    }
}
