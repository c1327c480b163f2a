package dev.sockreel.sockdiag.attribute;

import dev.sockreel.nlmsg.WireReader;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of one struct in the order of the header, each at its natural alignment after the one before. Bytes that
 * newer kernels append are kept: they are written as hex under {@code @offset}.
 */
public final class StructTable {
    private final StructKind kind;
    private final List<StructField> fields = new ArrayList<>();
    private int end;

    private StructTable(StructKind kind) {
        this.kind = kind;
    }

    public static StructTable of(StructKind kind) {
        return new StructTable(kind);
    }

    public StructTable u8(String name) {
        return add(name, 1, false);
    }

    public StructTable u16(String name) {
        return add(name, 2, false);
    }

    public StructTable u32(String name) {
        return add(name, 4, false);
    }

    StructTable s32(String name) {
        return add(name, 4, true);
    }

    public StructTable u64(String name) {
        return add(name, 8, false);
    }

    /** Adds bit-fields of one byte in the order of declaration: name, width, name, width, … */
    public StructTable bits(Object... namesAndWidths) {
        int index = 0;
        for (int i = 0; i < namesAndWidths.length; i += 2) {
            int width = (Integer) namesAndWidths[i + 1];
            fields.add(StructField.bits(kind, (String) namesAndWidths[i], end, width, index));
            index += width;
        }
        end++;
        return this;
    }

    /** Skips bytes that hold no number of their own. */
    public StructTable skip(int bytes) {
        end += bytes;
        return this;
    }

    /**
     * Declares that the last field exists only in structs of at least that length, see {@link
     * StructField#structBytes()}.
     */
    StructTable lastSince(int structBytes) {
        fields.set(fields.size() - 1, fields.getLast().since(structBytes));
        return this;
    }

    private StructTable add(String name, int bytes, boolean signed) {
        int offset = (end + bytes - 1) & -bytes;
        fields.add(new StructField(kind, name, offset, bytes, signed, 0, 0, offset + bytes));
        end = offset + bytes;
        return this;
    }

    public StructKind kind() {
        return kind;
    }

    public List<StructField> fields() {
        return fields;
    }

    /** Returns the offset after the last known field. */
    public int end() {
        return end;
    }

    public StructField field(String name) {
        for (StructField field : fields) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        throw new IllegalArgumentException("no field " + name + " in " + kind);
    }

    /** All fields that {@code bytes} bytes at {@code at} hold, as one object. */
    public <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
        out.beginObject();
        for (int i = 0; i < fields.size(); i++) {
            StructField field = fields.get(i);
            if (field.structBytes() <= bytes) {
                out.name(field.name());
                writeNumber(field, in, at, out);
            }
        }
        if (bytes > end) {
            out.name("@" + end);
            out.hex(in.bytes(at + end, bytes - end));
        }
        out.endObject();
    }

    private static <E extends Exception> void writeNumber(StructField field, WireReader in, int at, ValueSink<E> out)
            throws E {
        long value = read(field, in, at);
        if (field.bytes() == 8 && !field.signed()) {
            out.unsigned(value);
        } else {
            out.number(value);
        }
    }

    /** Returns a field's number; the caller has checked that the struct at {@code at} is long enough. */
    public static long read(StructField field, WireReader in, int at) {
        int offset = at + field.offset();
        long whole = switch (field.bytes()) {
            case 1 -> field.signed() ? (byte) in.u8(offset) : in.u8(offset);
            case 2 -> field.signed() ? (short) in.u16(offset) : in.u16(offset);
            case 4 -> field.signed() ? in.s32(offset) : in.u32(offset);
            default -> in.u64(offset);
        };
        if (field.bits() == 0) {
            return whole;
        }
        boolean little = in.order() == ByteOrder.LITTLE_ENDIAN;
        int shift = little ? field.bitIndex() : field.bytes() * 8 - field.bitIndex() - field.bits();
        return (whole >>> shift) & ((1L << field.bits()) - 1);
    }
}
