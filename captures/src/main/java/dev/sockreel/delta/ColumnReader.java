package dev.sockreel.delta;

import io.netty.buffer.ByteBuf;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ColumnWriter} wrote. Columns that are not there have no content; to read past an end fails. */
public final class ColumnReader {
    /** Spreads numbers so that nobody can choose many that fall into one place. */
    private static final int SPREAD = new SecureRandom().nextInt() | 1;

    private final byte[] content;
    /** The columns in use, by their numbers, ascending. */
    private final Column[] all;
    /** The same: open addressing, at most half full. */
    private final @Nullable Column[] table;
    private final int shift;

    private static final class Column {
        final int number;
        int at;
        final int end;
        /** The flag read next in the byte before {@link #at}; 8 for the first of the next byte. */
        int flag = 8;

        Column(int number, int at, int end) {
            this.number = number;
            this.at = at;
            this.end = end;
        }
    }

    /**
     * Reads the directory.
     *
     * @param in columns to its end; is read to there
     */
    public ColumnReader(ByteBuf in) throws BadColumnsException {
        int count = varint(in);
        if (count > in.readableBytes() / 2) {
            throw new BadColumnsException(count + " columns exceed the " + in.readableBytes() + " bytes there");
        }
        int[] numbers = new int[count];
        int[] lengths = new int[count];
        int number = 0;
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            int step = varint(in);
            if (step == 0 && i > 0 || step >= ColumnWriter.MAX_COLUMNS - number) {
                throw new BadColumnsException("the number of column " + i + " is out of order");
            }
            number += step;
            numbers[i] = number;
            lengths[i] = varint(in);
            bytes += lengths[i];
        }
        if (bytes != in.readableBytes()) {
            throw new BadColumnsException(
                    "the columns state " + bytes + " bytes, but " + in.readableBytes() + " are there");
        }
        content = new byte[in.readableBytes()];
        in.readBytes(content);
        all = new Column[count];
        table = new Column[Integer.highestOneBit(Math.max(2, count)) * 4];
        shift = Integer.numberOfLeadingZeros(table.length) + 1;
        int at = 0;
        for (int i = 0; i < count; i++) {
            all[i] = new Column(numbers[i], at, at + lengths[i]);
            table[place(numbers[i])] = all[i];
            at += lengths[i];
        }
    }

    /** Returns the place of a column in the table, or the empty one where it would be. */
    private int place(int number) {
        int at = number * SPREAD >>> shift;
        Column there = table[at];
        while (there != null && there.number != number) {
            at = at + 1 & table.length - 1;
            there = table[at];
        }
        return at;
    }

    /** Reads a flag. */
    public boolean flag(int column) throws BadColumnsException {
        Column c = column(column);
        if (c.flag == 8) {
            if (c.at == c.end) {
                throw ended(column);
            }
            c.at++;
            c.flag = 0;
        }
        return (content[c.at - 1] >> c.flag++ & 1) != 0;
    }

    /** Passes over the flags up to the next byte. */
    public void alignFlags(int column) throws BadColumnsException {
        column(column).flag = 8;
    }

    /** Lets the next flag of each column below a number begin a byte. */
    public void alignFlagsBelow(int bound) {
        for (int i = 0; i < all.length && all[i].number < bound; i++) {
            all[i].flag = 8;
        }
    }

    /** Reads a signed number. */
    public long number(int column) throws BadColumnsException {
        Column c = column(column);
        long value = 0;
        int shift = 0;
        while (true) {
            if (c.at == c.end) {
                throw ended(column);
            }
            byte b = content[c.at++];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
            shift += 7;
            if (shift > 63) {
                throw new BadColumnsException("a number in column " + column + " is longer than 64 bits");
            }
        }
    }

    /** Reads a number that must lie in a range, both ends included. */
    public int number(int column, int least, int most) throws BadColumnsException {
        long value = number(column);
        if (value < least || value > most) {
            throw new BadColumnsException(
                    "the number " + value + " in column " + column + " is not from " + least + " to " + most);
        }
        return (int) value;
    }

    /** Reads bytes as they are. */
    public void bytes(int column, byte[] to, int at, int length) throws BadColumnsException {
        Column c = column(column);
        if (length < 0 || length > c.end - c.at) {
            throw ended(column);
        }
        System.arraycopy(content, c.at, to, at, length);
        c.at += length;
    }

    /** Returns the bytes left in a column: the bound of whatever is allocated for what it states. */
    public int left(int column) {
        Column c = existing(column);
        return c == null ? 0 : c.end - c.at;
    }

    /** Fails unless all columns were read to their ends. */
    public void requireEnd() throws BadColumnsException {
        for (Column c : all) {
            if (c.at < c.end) {
                throw new BadColumnsException((c.end - c.at) + " bytes are left in column " + c.number);
            }
        }
    }

    private Column column(int number) throws BadColumnsException {
        Column c = existing(number);
        if (c == null) {
            throw ended(number);
        }
        return c;
    }

    private @Nullable Column existing(int number) {
        return table[place(number)];
    }

    private static BadColumnsException ended(int column) {
        return new BadColumnsException("column " + column + " ends too early");
    }

    private static int varint(ByteBuf in) throws BadColumnsException {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            if (!in.isReadable()) {
                break;
            }
            int b = in.readByte();
            value |= (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new BadColumnsException("the directory of columns is broken");
    }
}
