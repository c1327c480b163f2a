package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A dump begins: one request and what the kernel answers to it.
 *
 * @param dump        number in this file; datagrams name it, so dumps may interleave
 * @param snapshot    that it belongs to
 * @param netns       that it was asked in
 * @param family      id: tcp4, tcp6, udp4, …, unix, unix-icons, packet, netlink, vsock
 * @param encoding    of its datagrams: {@link #VERBATIM}; a reader leaves others alone
 * @param origin      null for a number this version does not know
 * @param knows       what the origin could tell, a set of {@link #KNOWS_TIMES}, …
 * @param bufferBytes of each receive, 0 when not known
 * @param time        when the request was sent
 * @param request     the bytes sent, in the capturing host's order; empty when not known
 * @param sourceByte  where its first byte stands in the imported source, when its datagrams follow each other there;
 *                    {@link #NO_SOURCE_BYTE} else
 */
public record DumpBegin(
        int dump,
        int snapshot,
        int netns,
        String family,
        int encoding,
        @Nullable Origin origin,
        int knows,
        int bufferBytes,
        ReceiveTime time,
        byte[] request,
        long sourceByte) implements SnapshotPart {
    public static final int TYPE = 5;

    /** Datagrams are stored as they were received. */
    public static final int VERBATIM = 0;

    public static final int KNOWS_TIMES = 1;
    /** Where each datagram began and ended. */
    public static final int KNOWS_EDGES = 2;
    /** msg_flags, so that a cut datagram shows. */
    public static final int KNOWS_FLAGS = 4;
    /** nl_pid of the sender. */
    public static final int KNOWS_SENDER = 8;

    public static final int KNOWS_ALL = KNOWS_TIMES | KNOWS_EDGES | KNOWS_FLAGS | KNOWS_SENDER;

    public static final long NO_SOURCE_BYTE = -1;

    /** Of a source that its datagrams do not stand in as they are. */
    public DumpBegin(
            int dump, int snapshot, int netns, String family, int encoding, @Nullable Origin origin, int knows,
            int bufferBytes, ReceiveTime time, byte[] request) {
        this(dump, snapshot, netns, family, encoding, origin, knows, bufferBytes, time, request, NO_SOURCE_BYTE);
    }

    public boolean knows(int what) {
        return (knows & what) == what;
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 12 + Body.maxText(family) + 8 + ReceiveTime.BYTES + 4 + request.length + 8;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(dump);
        out.writeIntLE(snapshot);
        out.writeIntLE(netns);
        Body.writeText(out, family);
        out.writeByte(encoding);
        out.writeByte(origin == null ? 0 : origin.number());
        out.writeShortLE(knows);
        out.writeIntLE(bufferBytes);
        time.encode(out);
        Body.writeBytes(out, request);
        out.writeLongLE(sourceByte);
    }

    static DumpBegin decode(ByteBuf in) throws BadRecordException {
        return new DumpBegin(
                in.readIntLE(),
                in.readIntLE(),
                in.readIntLE(),
                Body.readText(in),
                in.readUnsignedByte(),
                Origin.of(in.readUnsignedByte()),
                in.readUnsignedShortLE(),
                in.readIntLE(),
                ReceiveTime.decode(in),
                Body.readBytes(in),
                in.isReadable() ? in.readLongLE() : NO_SOURCE_BYTE);
    }
}
