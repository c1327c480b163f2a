package dev.sockreel.delta.record;

import dev.sockreel.delta.BadColumnsException;
import dev.sockreel.delta.record.Field.Num;
import dev.sockreel.delta.record.Field.Phrase;
import dev.sockreel.delta.record.Field.Rows;
import dev.sockreel.delta.record.Field.Text;
import dev.sockreel.delta.record.Field.Time;
import dev.sockreel.delta.record.Field.Words;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a record and another one that it is compared with, and codes what is not as predicted. Writer and reader
 * run the same code.
 */
final class RecordWalk {
    private static final int[] NONE = {};
    private static final int SEQUENCE_AT = 8;

    private final Atoms atoms;
    private final NumberCoder numbers;
    private final ClockCoder clock;
    private final LineCoder lines;
    private final Phrases phrases = new Phrases();

    /** The number of the snapshot that is coded. */
    private int snapshot;
    /** The number of the dump begun last, and what it was when the record compared with was coded. */
    private long dump;
    private long dumpBefore;
    /** By how much the number of this record's dump grew. */
    private long dumpGrowth;
    private Place now = Place.building(0, 0);
    /** By how much the numbers of the row above grew, of a list whose rows are predicted so. */
    private final long[] above = new long[4];
    private boolean hasAbove;
    /** Where the first row of the list stands that is coded. */
    private int firstRowAt;

    RecordWalk(Atoms atoms) {
        this.atoms = atoms;
        numbers = new NumberCoder(atoms);
        clock = new ClockCoder(atoms);
        lines = new LineCoder(atoms);
    }

    void snapshot(int number) {
        snapshot = number;
    }

    /** Returns the number of the dump begun last. */
    long dump() {
        return dump;
    }

    void dumpBegun(long number) {
        dump = number;
    }

    /** Takes the times of a record that is not coded. */
    void learn(Layout layout, Tree tree) {
        int at = 0;
        int child = 1;
        for (Field field : layout.fields()) {
            switch (field) {
                case Num n -> at += n.bytes();
                case Time t -> {
                    clock.learn(tree, at);
                    at += ClockCoder.TIME_BYTES;
                }
                default -> {
                    at = tree.end[child];
                    child = tree.after[child];
                }
            }
        }
    }

    /**
     * Codes a record.
     *
     * @param place          its begin
     * @param before         the record it is compared with, null for none
     * @param dumpAtThatTime the number of the dump begun last when that one was coded
     */
    void record(Layout layout, Place place, @Nullable Tree before, long dumpAtThatTime) throws BadColumnsException {
        now = place;
        dumpBefore = dumpAtThatTime;
        dumpGrowth = 0;
        row(layout, before, 0, false);
    }

    /**
     * Codes a row.
     *
     * @param tree   the tree of the row it is compared with: that of the record before, or, for one that is inserted,
     *               of the record itself
     * @param unit   that row
     * @param below  true if that row stands directly above this one
     */
    private void row(Layout layout, @Nullable Tree tree, int unit, boolean below) throws BadColumnsException {
        int entered = now.open();
        Tree matched = matched(tree);
        if (matched != null && layout.predictedWhole() && isAsBefore(entered, matched, unit)) {
            return;
        }
        int at = tree == null ? 0 : tree.start[unit];
        int child = unit + 1;
        int number = 0;
        for (Field field : layout.fields()) {
            switch (field) {
                case Num n -> {
                    number(n, layout, tree, at, below, number++);
                    at += n.bytes();
                }
                case Time t -> {
                    clock.code(now, matched, at);
                    at += ClockCoder.TIME_BYTES;
                }
                case Text t -> text(t, tree, child);
                case Words w -> words(w, tree, child);
                case Phrase p -> phrase(tree, child);
                case Rows r -> rows(r.row(), tree, child);
            }
            if (tree != null && !(field instanceof Num || field instanceof Time)) {
                at = tree.end[child];
                child = tree.after[child];
            }
        }
        hasAbove = true;
        now.close(entered);
    }

    /** Codes whether a unit that did not change lately is as before, and passes it if so. */
    private boolean isAsBefore(int entered, Tree tree, int unit) throws BadColumnsException {
        if (tree.hasStates(unit)
                || !atoms.hit(false, atoms.writes() && now.tree.sameBytes(entered, tree, unit))) {
            return false;
        }
        now.copy(entered, tree, unit);
        return true;
    }

    private void number(Num n, Layout layout, @Nullable Tree tree, int at, boolean below, int i)
            throws BadColumnsException {
        long old = tree == null ? 0 : tree.number(at, n.bytes());
        switch (n.role()) {
            case SNAPSHOT -> numbers.expected(now, n.bytes(), snapshot);
            case DUMP -> {
                long expected = old == -1 ? -1 : dump + old - dumpBefore;
                dumpGrowth = numbers.expected(now, n.bytes(), expected) - old;
            }
            case ABOVE -> {
                long growth = hasAbove ? above[i] : 0;
                above[i] = numbers.expected(now, n.bytes(), old + growth) - old;
            }
            case OWN -> {
                boolean steps = below && tree != null && layout.rowBytes() > 0 && at - layout.rowBytes() >= firstRowAt;
                long step = steps && tree != null ? old - tree.number(at - layout.rowBytes(), n.bytes()) : 0;
                numbers.own(now, n.bytes(), matched(tree), at, old + step);
            }
        }
    }

    private void text(Text text, @Nullable Tree tree, int unit) throws BadColumnsException {
        int entered = now.open();
        Tree matched = matched(tree);
        if (matched != null && isAsBefore(entered, matched, unit)) {
            return;
        }
        int lengthAt = now.at;
        if (!text.rest()) {
            now.skip(4);
        }
        int from = now.at;
        elements(null, tree, unit, entered);
        if (!text.rest()) {
            now.setInt(lengthAt, now.at - from);
        }
        now.close(entered);
    }

    private void rows(Layout row, @Nullable Tree tree, int unit) throws BadColumnsException {
        int entered = now.open();
        Tree matched = matched(tree);
        if (matched != null && row.predictedWhole() && isAsBefore(entered, matched, unit)) {
            return;
        }
        int countAt = now.at;
        now.skip(4);
        hasAbove = false;
        now.setInt(countAt, elements(row, tree, unit, entered));
        now.close(entered);
    }

    /** Codes the rows of a list, or the lines of a text, which have no layout; returns how many there are. */
    private int elements(@Nullable Layout row, @Nullable Tree tree, int unit, int entered)
            throws BadColumnsException {
        int[] olds = tree == null ? NONE : tree.children(unit);
        int[] news = NONE;
        Matcher matcher = null;
        if (atoms.writes()) {
            news = now.tree.children(entered);
            int keyBytes = row == null ? Matcher.LINES : row.keyBytes();
            matcher = new Matcher(keyBytes, tree == null ? now.tree : tree, olds, now.tree, news);
        }
        int outerFirst = firstRowAt;
        int first = now.at;
        int cursor = 0;
        boolean afterInserted = false;
        int previous = -1;
        int count = 0;
        while (true) {
            int wanted = matcher == null ? 0 : matcher.target(count, cursor);
            int target = target(wanted, cursor, olds.length, afterInserted);
            if (target == olds.length) {
                break;
            }
            firstRowAt = first;
            boolean inserted = target == Matcher.INSERTED;
            int element = now.unit();
            Tree other = inserted ? previous < 0 ? null : now.tree : tree;
            int otherUnit = inserted ? previous : olds[target];
            if (row == null) {
                line(other, otherUnit, news.length > count ? now.tree.end[news[count]] : 0);
            } else {
                row(row, other, otherUnit, inserted);
            }
            cursor = inserted ? cursor : target + 1;
            afterInserted = inserted;
            previous = element;
            count++;
        }
        firstRowAt = outerFirst;
        return count;
    }

    /**
     * Codes which of the old elements the next one is compared with: the expected one, or a number: 0 inserted, from 1
     * on the expected one and those behind it, below 0 those before it. Behind the last one is the end.
     */
    private int target(int wanted, int cursor, int end, boolean afterInserted) throws BadColumnsException {
        if (!afterInserted && atoms.hit(false, wanted == cursor)) {
            return cursor;
        }
        int off = wanted == Matcher.INSERTED ? 0 : wanted >= cursor ? wanted - cursor + 1 : wanted - cursor;
        long read = atoms.number(Atoms.MATCHES, off);
        if (read == 0) {
            return Matcher.INSERTED;
        }
        if (read < -cursor || read > end - cursor + 1) {
            throw new BadColumnsException("a match lies outside of its list");
        }
        return (int) (read > 0 ? cursor + read - 1 : cursor + read);
    }

    private void line(@Nullable Tree tree, int unit, int end) throws BadColumnsException {
        int entered = now.open();
        if (tree == null) {
            lines.whole(now, end);
        } else if (isAsBefore(entered, tree, unit)) {
            return;
        } else {
            lines.code(now, end, tree, unit, tree != now.tree);
        }
        now.close(entered);
    }

    private void phrase(@Nullable Tree tree, int unit) throws BadColumnsException {
        int entered = now.open();
        int begin = now.at;
        Tree matched = matched(tree);
        int state = matched == null ? States.NONE : matched.states.find(matched.start[unit]);
        boolean hot = matched != null && matched.states.isHot(state);
        boolean hit = tree != null && atoms.hit(hot, atoms.writes() && now.tree.sameBytes(entered, tree, unit));
        if (hit && tree != null) {
            now.bytes(tree.body, tree.start[unit], tree.end[unit] - tree.start[unit]);
        } else {
            phrases.code(atoms, now, atoms.writes() ? now.tree.end[entered] - begin : 0);
        }
        if (matched != null) {
            now.tree.states.take(begin, matched.states, state, hit, 0);
        }
        now.close(entered);
    }

    /** Returns a tree if its states hold: if it is that of the record before. */
    private @Nullable Tree matched(@Nullable Tree tree) {
        return tree == now.tree ? null : tree;
    }

    private void words(Words words, @Nullable Tree tree, int unit) throws BadColumnsException {
        int entered = now.open();
        Tree matched = matched(tree);
        if (matched != null && !words.request() && isAsBefore(entered, matched, unit)) {
            return;
        }
        int prefix = words.rest() ? 0 : 4;
        int lengthAt = now.at;
        now.skip(prefix);
        int oldAt = tree == null ? 0 : tree.start[unit] + prefix;
        int oldLength = tree == null ? 0 : tree.end[unit] - oldAt;
        int length = atoms.writes() ? now.tree.end[entered] - now.at : 0;
        if (atoms.hit(false, length == oldLength)) {
            length = oldLength;
        } else {
            length = atoms.unsigned(Atoms.MATCHES, length, RecordPredictor.MAX_BODY_BYTES);
        }
        for (int i = 0; i < length; i += 4) {
            int bytes = Math.min(4, length - i);
            long old = tree == null || i + bytes > oldLength ? 0 : tree.number(oldAt + i, bytes);
            if (words.request() && i == SEQUENCE_AT && bytes == 4) {
                numbers.expected(now, 4, grownSequence((int) old));
            } else {
                numbers.own(now, bytes, matched, oldAt + i, old);
            }
        }
        if (prefix > 0) {
            now.setInt(lengthAt, length);
        }
        now.close(entered);
    }

    /** Returns a sequence number, in either byte order, that grew with the number of its dump. */
    private int grownSequence(int old) {
        int swapped = Integer.reverseBytes(old);
        boolean isSwapped = Integer.compareUnsigned(swapped, old) < 0;
        return isSwapped ? Integer.reverseBytes(swapped + (int) dumpGrowth) : old + (int) dumpGrowth;
    }
}
