package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The begin of a dump, which is one request and the kernel's answer.
 *
 * @param dump        number of the dump in this file; datagrams carry it, so dumps may interleave
 * @param snapshot    number of its snapshot
 * @param netns       number of the network namespace it was requested in
 * @param family      id: tcp4, tcp6, udp4, …, unix, unix-icons, packet, netlink, vsock
 * @param encoding    encoding of its datagrams: {@link #VERBATIM}; readers ignore dumps in any other
 * @param origin      origin of its bytes, null for a number this version does not know
 * @param knows       bit set of what the origin recorded: {@link #KNOWS_TIMES}, …
 * @param bufferBytes size of each receive buffer, 0 when unknown
 * @param time        when the request was sent
 * @param request     the bytes sent, in the capturing host's order; empty when unknown
 * @param sourceByte  offset of its first byte in the imported source, if the datagrams are contiguous there; else
 *                    {@link #NO_SOURCE_BYTE}
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
    /** The origin of a dump's bytes; {@link #number()} is its number in the file. */
    public enum Origin implements Numbered {
        LIVE(1, "live"),
        SS_DUMP(2, "ss-dump"),
        PCAP(3, "pcap"),
        DATAGRAM_LOG(4, "datagram-log");

        private final int number;
        private final String id;

        Origin(int number, String id) {
            this.number = number;
            this.id = id;
        }

        @Override
        public int number() {
            return number;
        }

        public String id() {
            return id;
        }

        /** Returns the origin, or null for a number this version does not know. */
        static @Nullable Origin of(int number) {
            return Numbered.of(values(), number);
        }
    }

    public static final int TYPE = 5;

    /** Datagrams are stored as they were received. */
    public static final int VERBATIM = 0;
    /** Datagrams are predicted from those of an earlier snapshot; readers of captures return them as received. */
    public static final int PREDICTED = 1;

    /** The times of the datagrams. */
    public static final int KNOWS_TIMES = 1;
    /** The boundaries of the datagrams. */
    public static final int KNOWS_EDGES = 2;
    /** The datagrams' msg_flags, which show truncation. */
    public static final int KNOWS_FLAGS = 4;
    /** The sender's nl_pid. */
    public static final int KNOWS_SENDER = 8;

    public static final int KNOWS_ALL = KNOWS_TIMES | KNOWS_EDGES | KNOWS_FLAGS | KNOWS_SENDER;

    public static final long NO_SOURCE_BYTE = -1;

    /** Creates a dump without an offset in an imported source. */
    public DumpBegin(
            int dump, int snapshot, int netns, String family, int encoding, @Nullable Origin origin, int knows,
            int bufferBytes, ReceiveTime time, byte[] request) {
        this(dump, snapshot, netns, family, encoding, origin, knows, bufferBytes, time, request, NO_SOURCE_BYTE);
    }

    /** Returns the same with another request. */
    public DumpBegin withRequest(byte[] other) {
        return new DumpBegin(
                dump, snapshot, netns, family, encoding, origin, knows, bufferBytes, time, other, sourceByte);
    }

    /** Returns the same with another encoding. */
    public DumpBegin withEncoding(int other) {
        return new DumpBegin(
                dump, snapshot, netns, family, other, origin, knows, bufferBytes, time, request, sourceByte);
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
