package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The content of a file under /proc, in parts of at most {@link #MAX_PART_BYTES}. An absent file is evidence, too.
 *
 * @param snapshot number of the snapshot
 * @param netns    number of the network namespace whose file it is
 * @param path     path as the recorder opened it
 * @param when     when it was read, relative to the dumps; null for a number this version does not know
 * @param errno    0, or why it could not be read (ENOENT 2: there is no such file)
 * @param part     number of the part, from 0
 * @param last     true if no part follows
 * @param time     when it was read
 * @param text     the bytes of this part; in a reader a slice of its group
 */
public record ProcText(
        int snapshot, int netns, String path, @Nullable When when, int errno, int part, boolean last, ReceiveTime time,
        ByteBuf text) implements SnapshotPart {
    public static final int TYPE = 8;

    public static final int MAX_PART_BYTES = 256 * 1024;

    /** The time of reading within a snapshot; the ordinal is the number in the file. */
    public enum When {
        BEFORE_DUMPS,
        AFTER_DUMPS,
        /** Read in place of a dump whose handler is missing. */
        INSTEAD_OF_DUMP
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 8 + Body.maxText(path) + 14 + ReceiveTime.BYTES + text.readableBytes();
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(snapshot);
        out.writeIntLE(netns);
        Body.writeText(out, path);
        out.writeByte(when == null ? 255 : when.ordinal());
        out.writeByte(last ? 1 : 0);
        out.writeIntLE(errno);
        out.writeIntLE(part);
        time.encode(out);
        out.writeBytes(text, text.readerIndex(), text.readableBytes());
    }

    static ProcText decode(ByteBuf in) throws BadRecordException {
        int snapshot = in.readIntLE();
        int netns = in.readIntLE();
        String path = Body.readText(in);
        int when = in.readUnsignedByte();
        boolean last = in.readUnsignedByte() != 0;
        int errno = in.readIntLE();
        int part = in.readIntLE();
        return new ProcText(
                snapshot,
                netns,
                path,
                when < When.values().length ? When.values()[when] : null,
                errno,
                part,
                last,
                ReceiveTime.decode(in),
                in.slice());
    }
}
