package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;

/**
 * A part of what a snapshot's records are written as where they are predicted from those of an earlier snapshot. The
 * parts of a block, one after another, are its columns.
 *
 * @param snapshot number of the snapshot
 * @param base     number of the snapshot that it is predicted from: the one before, or {@code key}
 * @param key      number of the last snapshot that is stored as it is, with which the chain begins
 * @param version  version of the prediction, {@link #VERSION}
 * @param part     number of the part in its block, from 0
 * @param last     true if no part of the block follows
 * @param columns  the bytes; in a reader a slice of its group
 */
public record Delta(int snapshot, int base, int key, int version, int part, boolean last,
        ByteBuf columns) implements SnapshotPart {
    static final int TYPE = 18;

    /** The version of the prediction that is written and read. */
    public static final int VERSION = 1;

    /** The size at which a block is divided, bytes. */
    public static final int PART_BYTES = 1 << 20;

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 18 + columns.readableBytes();
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(snapshot);
        out.writeIntLE(base);
        out.writeIntLE(key);
        out.writeByte(version);
        out.writeByte(last ? 1 : 0);
        out.writeIntLE(part);
        out.writeBytes(columns, columns.readerIndex(), columns.readableBytes());
    }

    static Delta decode(ByteBuf in) {
        int snapshot = in.readIntLE();
        int base = in.readIntLE();
        int key = in.readIntLE();
        int version = in.readUnsignedByte();
        boolean last = in.readUnsignedByte() != 0;
        int part = in.readIntLE();
        return new Delta(snapshot, base, key, version, part, last, in.slice());
    }
}
