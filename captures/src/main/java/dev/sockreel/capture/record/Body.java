package dev.sockreel.capture.record;

import dev.sockreel.wording.Counted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** Reads and writes the fields of variable length in a record's body: a u32 length, then the bytes. */
final class Body {
    static byte[] readBytes(ByteBuf in) throws BadRecordException {
        byte[] out = new byte[readLength(in)];
        in.readBytes(out);
        return out;
    }

    /** Reads a length that its record has room for. */
    private static int readLength(ByteBuf in) throws BadRecordException {
        long length = in.readUnsignedIntLE();
        if (length > in.readableBytes()) {
            throw new BadRecordException(
                    "a field of " + Counted.of(length, "byte") + " exceeds the "
                            + Counted.of(in.readableBytes(), "byte") + " left in its record");
        }
        return (int) length;
    }

    static String readText(ByteBuf in) throws BadRecordException {
        int length = readLength(in);
        if (length == 0) {
            return "";
        }
        String text = in.hasArray()
                ? new String(in.array(), in.arrayOffset() + in.readerIndex(), length, StandardCharsets.UTF_8)
                : in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
        in.skipBytes(length);
        return text;
    }

    /** Reads a count of elements of at least {@code elementBytes} each; it cannot exceed what the body holds. */
    static int readCount(ByteBuf in, int elementBytes) throws BadRecordException {
        long count = in.readUnsignedIntLE();
        if (count > in.readableBytes() / elementBytes) {
            throw new BadRecordException(
                    Counted.of(count, "element exceeds", "elements exceed") + " the "
                            + Counted.of(in.readableBytes(), "byte") + " left in the record");
        }
        return (int) count;
    }

    static void writeBytes(ByteBuf out, byte[] bytes) {
        out.writeIntLE(bytes.length);
        out.writeBytes(bytes);
    }

    static void writeText(ByteBuf out, String text) {
        int at = out.writerIndex();
        out.writeIntLE(0);
        out.setIntLE(at, ByteBufUtil.writeUtf8(out, text));
    }

    static int maxText(String text) {
        return 4 + ByteBufUtil.utf8MaxBytes(text);
    }

    private Body() {}
}
