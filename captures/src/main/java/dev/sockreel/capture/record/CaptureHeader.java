package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import java.nio.ByteOrder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The first record of every file.
 *
 * @param captureId id of the recording, the same in all parts of a rotated one
 * @param part      number of the file in a rotated recording, from 0
 * @param created   when the file was begun
 * @param order     byte order of the host whose datagrams are stored; null when unknown
 * @param writer    program and version that wrote the file
 */
public record CaptureHeader(UUID captureId, int part, ReceiveTime created, @Nullable ByteOrder order,
        String writer) implements CaptureRecord {
    public static final int TYPE = 1;

    /** Returns the id that the headers of this file's groups carry. */
    public long fileId() {
        return captureId.getLeastSignificantBits() ^ part;
    }

    /** Returns the capturing host's byte order, or little-endian when the header does not state one. */
    public ByteOrder orderOrLittleEndian() {
        return order == null ? ByteOrder.LITTLE_ENDIAN : order;
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 16 + 4 + ReceiveTime.BYTES + 1 + Body.maxText(writer);
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeLongLE(captureId.getMostSignificantBits());
        out.writeLongLE(captureId.getLeastSignificantBits());
        out.writeIntLE(part);
        created.encode(out);
        out.writeByte(order == null ? 0 : order == ByteOrder.LITTLE_ENDIAN ? 1 : 2);
        Body.writeText(out, writer);
    }

    static CaptureHeader decode(ByteBuf in) throws BadRecordException {
        UUID id = new UUID(in.readLongLE(), in.readLongLE());
        int part = in.readIntLE();
        ReceiveTime created = ReceiveTime.decode(in);
        int order = in.readUnsignedByte();
        return new CaptureHeader(
                id,
                part,
                created,
                order == 1 ? ByteOrder.LITTLE_ENDIAN : order == 2 ? ByteOrder.BIG_ENDIAN : null,
                Body.readText(in));
    }
}
