package dev.sockreel.delta;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers numbers and flags in columns: numbers of one kind stand together, where an entropy coder finds what they have
 * in common. A column is named by a small number and holds either flags or numbers.
 *
 * <pre>
 * columns = count, count × (number of the column less that of the one before, length), content of each column
 * number  = zigzag LEB128: 7 bits a byte, lowest first, the high bit set where another byte follows
 * flags   = 8 a byte, lowest bit first
 * </pre>
 */
public final class ColumnWriter {
    /** The bound of a column's number. */
    public static final int MAX_COLUMNS = 1 << 22;

    static final int PAGE = 1 << 11;

    /** A column that had more bytes is not kept at that size when it is used for fewer. */
    private static final int KEPT_BYTES = 1 << 14;

    /** Pages of columns, so that numbers far apart cost no memory between them. */
    private final @Nullable Page[] pages = new Page[MAX_COLUMNS / PAGE];
    /** The numbers of the columns in use, in the order of their first use. */
    private int[] used = new int[64];
    private int inUse;
    private int bytes;

    private static final class Column {
        byte[] content = new byte[16];
        int length;
        /** Flags of the last byte; 8 when it is full. */
        int flags = 8;

        void empty() {
            if (length > 0 && length < content.length / 4 && content.length > KEPT_BYTES) {
                content = new byte[KEPT_BYTES];
            }
            length = 0;
            flags = 8;
        }
    }

    private static final class Page {
        final @Nullable Column[] columns = new Column[PAGE];
    }

    /** Appends a flag. */
    public void flag(int column, boolean set) {
        Column c = column(column);
        if (c.flags == 8) {
            append(c, 0);
            c.flags = 0;
        }
        if (set) {
            c.content[c.length - 1] |= (byte) (1 << c.flags);
        }
        c.flags++;
    }

    /** Lets the next flag of a column begin a byte. */
    public void alignFlags(int column) {
        column(column).flags = 8;
    }

    /** Appends a signed number. */
    public void number(int column, long value) {
        Column c = column(column);
        long rest = value << 1 ^ value >> 63;
        while ((rest & ~0x7FL) != 0) {
            append(c, (int) rest | 0x80);
            rest >>>= 7;
        }
        append(c, (int) rest);
    }

    /** Appends bytes as they are; their number must be known otherwise. */
    public void bytes(int column, byte[] from, int at, int length) {
        Column c = column(column);
        c.content = room(c.content, c.length + length);
        System.arraycopy(from, at, c.content, c.length, length);
        c.length += length;
        bytes += length;
    }

    private static byte[] room(byte[] content, int needed) {
        return needed <= content.length ? content : Arrays.copyOf(content, Math.max(needed, content.length * 2));
    }

    private void append(Column c, int b) {
        if (c.length == c.content.length) {
            c.content = Arrays.copyOf(c.content, c.length * 2);
        }
        c.content[c.length++] = (byte) b;
        bytes++;
    }

    private Column column(int number) {
        Page page = pages[number / PAGE];
        if (page == null) {
            page = new Page();
            pages[number / PAGE] = page;
        }
        Column c = page.columns[number % PAGE];
        if (c == null) {
            c = new Column();
            page.columns[number % PAGE] = c;
        }
        if (c.length == 0) {
            use(number);
        }
        return c;
    }

    private void use(int number) {
        if (inUse > 0 && used[inUse - 1] == number) {
            return;
        }
        if (inUse == used.length) {
            used = Arrays.copyOf(used, inUse * 2);
        }
        used[inUse++] = number;
    }

    /** Appends what another gathered, column to column, and empties that. Flags of both begin a byte. */
    public void append(ColumnWriter other) {
        for (int i = 0; i < other.inUse; i++) {
            int number = other.used[i];
            Column from = other.existing(number);
            if (from != null && from.length > 0) {
                bytes(number, from.content, 0, from.length);
                column(number).flags = 8;
                from.empty();
            }
        }
        other.clear();
    }

    /** Returns the bytes gathered so far, without the directory. */
    public int bytes() {
        return bytes;
    }

    /** Returns the most bytes that {@link #writeTo} writes. */
    public int maxBytes() {
        return 5 + 10 * inUse + bytes;
    }

    /** Appends the columns to a buffer and empties them. */
    public void writeTo(ByteBuf out) {
        int[] numbers = Arrays.stream(used, 0, inUse).sorted().distinct().filter(n -> length(n) > 0).toArray();
        varint(out, numbers.length);
        int before = 0;
        for (int number : numbers) {
            varint(out, number - before);
            varint(out, length(number));
            before = number;
        }
        for (int number : numbers) {
            Column c = column(number);
            out.writeBytes(c.content, 0, c.length);
        }
        clear();
    }

    private int length(int number) {
        Column c = existing(number);
        return c == null ? 0 : c.length;
    }

    private @Nullable Column existing(int number) {
        Page page = pages[number / PAGE];
        return page == null ? null : page.columns[number % PAGE];
    }

    /** Drops what was gathered. */
    public void clear() {
        for (int i = 0; i < inUse; i++) {
            Column c = existing(used[i]);
            if (c != null) {
                c.empty();
            }
        }
        inUse = 0;
        bytes = 0;
    }

    private static void varint(ByteBuf out, int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
