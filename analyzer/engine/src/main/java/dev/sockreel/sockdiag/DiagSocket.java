package dev.sockreel.sockdiag;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.NlattrWalk;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.attribute.Attribute;
import dev.sockreel.sockdiag.attribute.AttributeTable;
import dev.sockreel.sockdiag.attribute.Shapes;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.StructKind;
import dev.sockreel.sockdiag.attribute.StructTable;
import dev.sockreel.sockdiag.attribute.ValueSink;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A socket in the form of its sock_diag message; values are read from the message's bytes on demand. The object that a
 * {@link SocketDecoder} returns moves with the decoder; {@link #hold()} returns a lasting copy.
 */
public final class DiagSocket implements Socket {
    private final SocketFamily kind;
    private final DumpRequest request;
    private final WireReader in;
    /**
     * Value offsets by nla_type, -1 for absent. Null for a held socket, which walks the attributes instead, to save
     * memory.
     */
    private final int @Nullable [] valueAt;

    private int messageOffset;
    private int messageEnd;
    private boolean cut;
    /** Whether the attributes of this message are indexed; many look at the fixed header only. */
    private boolean indexed;
    private boolean broken;

    DiagSocket(SocketFamily kind, DumpRequest request, WireReader in) {
        this(kind, request, in, new int[AttributeTable.MAX_TYPES]);
    }

    private DiagSocket(SocketFamily kind, DumpRequest request, WireReader in, int @Nullable [] valueAt) {
        this.kind = kind;
        this.request = request;
        this.in = in;
        this.valueAt = valueAt;
    }

    void moveTo(int messageOffset, int messageEnd, boolean isCut) {
        this.messageOffset = messageOffset;
        this.messageEnd = messageEnd;
        cut = isCut;
        indexed = false;
    }

    private void index() {
        int[] at = valueAt;
        if (!indexed && at != null) {
            boolean whole = index(at);
            broken = cut || !whole;
            indexed = true;
        }
    }

    /**
     * Records the offset of each attribute.
     *
     * @return false when an attribute's length does not fit
     */
    private boolean index(int[] at) {
        Arrays.fill(at, -1);
        boolean little = in.order() == ByteOrder.LITTLE_ENDIAN;
        int next = attributesFrom();
        while (messageEnd - next >= NlattrWalk.HEADER_BYTES) {
            // nla_len and nla_type in one read
            int both = in.s32(next);
            int length = little ? both & 0xffff : both >>> 16;
            int type = (little ? both >>> 16 : both) & NlattrWalk.TYPE_MASK;
            if (length < NlattrWalk.HEADER_BYTES || length > messageEnd - next) {
                return false;
            }
            if (type < at.length && at[type] < 0) {
                at[type] = next + NlattrWalk.HEADER_BYTES;
            }
            next += Nlmsghdr.align(length);
        }
        return next >= messageEnd;
    }

    /** Returns the message's bytes, from its nlmsghdr on. */
    public byte[] message() {
        return in.bytes(messageOffset, messageEnd - messageOffset);
    }

    /** Returns the byte order of the capturing host. */
    public ByteOrder order() {
        return in.order();
    }

    /**
     * Restores a held socket from {@link #message}, {@link #order}, {@link #request} and {@link #attributesBroken}.
     *
     * @return null when the bytes are no socket of that request
     */
    public static @Nullable DiagSocket of(byte[] message, ByteOrder order, DumpRequest request, boolean broken) {
        int stated = broken ? message.length + 1 : message.length;
        DiagSocket socket =
                new SocketDecoder(request, order).at(Unpooled.wrappedBuffer(message), message.length, 0, stated);
        return socket == null ? null : socket.hold();
    }

    /** Returns an independent copy with its own bytes, which keeps nothing of the buffer. */
    @Override
    public DiagSocket hold() {
        byte[] message = message();
        WireReader own = new WireReader(Unpooled.wrappedBuffer(message), message.length, in.order());
        DiagSocket copy = new DiagSocket(kind, request, own, null);
        copy.messageEnd = message.length;
        copy.broken = attributesBroken();
        return copy;
    }

    /** Returns the offset of the nlmsghdr in the buffer. */
    public int messageOffset() {
        return messageOffset;
    }

    /**
     * Returns how many bytes of the message are present: nlmsg_len, or less when the datagram ends inside the message.
     */
    public int messageBytes() {
        return messageEnd - messageOffset;
    }

    /**
     * Returns whether the datagram ends inside this message, or an attribute's length is wrong, so that the rest is
     * unreadable.
     */
    public boolean attributesBroken() {
        index();
        return broken;
    }

    public DumpRequest request() {
        return request;
    }

    int headerBytes() {
        return kind.headerBytes;
    }

    WireReader in() {
        return in;
    }

    /** Returns the offset of the fixed header. */
    int header() {
        return messageOffset + Nlmsghdr.BYTES;
    }

    private int attributesFrom() {
        return header() + kind.headerBytes;
    }

    @Override
    public int portPair() {
        boolean inet = family() == Family.AF_INET || family() == Family.AF_INET6;
        return inet ? in.be16(header() + InetFamily.SPORT) << 16 | in.be16(header() + InetFamily.DPORT) : 0;
    }

    // ---- attributes

    @Override
    public boolean has(int attributeType) {
        return find(attributeType) >= 0;
    }

    /** Returns the offset of the attribute's value in the buffer, -1 when absent. */
    int find(int attributeType) {
        int[] at = valueAt;
        if (at != null) {
            index();
            return attributeType >= 0 && attributeType < at.length ? at[attributeType] : -1;
        }
        int next = attributesFrom();
        while (messageEnd - next >= NlattrWalk.HEADER_BYTES) {
            int length = in.u16(next);
            if (length < NlattrWalk.HEADER_BYTES || length > messageEnd - next) {
                return -1;
            }
            if ((in.u16(next + 2) & NlattrWalk.TYPE_MASK) == attributeType) {
                return next + NlattrWalk.HEADER_BYTES;
            }
            next += Nlmsghdr.align(length);
        }
        return -1;
    }

    /** Returns the length of a value that {@link #find} found, in bytes. */
    int valueBytes(int at) {
        return in.u16(at - NlattrWalk.HEADER_BYTES) - NlattrWalk.HEADER_BYTES;
    }

    /** Returns the offset of the struct of this field, -1 when it is absent or too short for the field. */
    private int structAt(StructField field) {
        if (field.struct() == kind.header.kind()) {
            return header();
        }
        int at = find(kind.attributes.typeOf(field.struct()));
        return at >= 0 && valueBytes(at) >= field.structBytes() ? at : -1;
    }

    @Override
    public OptionalLong value(StructField field) {
        int at = structAt(field);
        return at < 0 ? OptionalLong.empty() : OptionalLong.of(StructTable.read(field, in, at));
    }

    @Override
    public long value(StructField field, long ifAbsent) {
        int at = structAt(field);
        return at < 0 ? ifAbsent : StructTable.read(field, in, at);
    }

    /** Returns why {@link #value} is empty. */
    public Unknown whyUnknown(StructField field) {
        Attribute attribute = kind.attributes.get(kind.attributes.typeOf(field.struct()));
        if (attribute == null) {
            return Unknown.NO_SUCH_MEASURE;
        }
        if (has(attribute.type())) {
            return growsWithKernels(field.struct()) ? Unknown.ATTRIBUTE_ABSENT : Unknown.CUT_OFF;
        }
        return whyAbsent(attribute.type());
    }

    private static boolean growsWithKernels(StructKind struct) {
        return switch (struct) {
            case TCP_INFO, MPTCP_INFO, SCTP_INFO, SK_MEMINFO -> true;
            default -> false;
        };
    }

    /** Returns why the message has no attribute of this nla_type. */
    public Unknown whyAbsent(int attributeType) {
        Attribute attribute = kind.attributes.get(attributeType);
        if (attribute != null && request.leavesOut(attribute.askedBy())) {
            return Unknown.NOT_REQUESTED;
        }
        return attributesBroken() ? Unknown.CUT_OFF : Unknown.ATTRIBUTE_ABSENT;
    }

    @Override
    public <E extends Exception> void attributes(ValueSink<E> out) throws E {
        out.beginObject();
        Shapes.writeAttributes(kind.attributes, in, new NlattrWalk(in, attributesFrom(), messageEnd), out);
        out.endObject();
    }

    /** All fields of the message's fixed header by their uapi names, as one object. */
    public <E extends Exception> void headerFields(ValueSink<E> out) throws E {
        kind.header.write(in, header(), kind.header.end(), out);
    }

    // ---- Socket

    @Override
    public String netid() {
        return kind.netid(this);
    }

    @Override
    public String state() {
        return kind.stateName(this);
    }

    @Override
    public int stateNumber() {
        return kind.stateNumber(this);
    }

    @Override
    public int family() {
        return kind.family(this);
    }

    @Override
    public int protocol() {
        return kind.protocol();
    }

    @Override
    public long cookie() {
        return kind.cookie(this);
    }

    @Override
    public long inode() {
        return kind.inode(this);
    }

    @Override
    public long uid() {
        return kind.uid(this);
    }

    @Override
    public int ifindex() {
        return kind.ifindex(this);
    }

    @Override
    public Queue recvQ() {
        return kind.recvQ(this);
    }

    @Override
    public Queue sendQ() {
        return kind.sendQ(this);
    }

    /** Returns the kernel's receive queue number, whatever it means, without an object; -1 when there is none. */
    public long recvQNumber() {
        return kind.recvQNumber(this);
    }

    /** Returns the kernel's send queue number, whatever it means, without an object; -1 when there is none. */
    public long sendQNumber() {
        return kind.sendQNumber(this);
    }

    @Override
    public @Nullable SocketAddress local() {
        return kind.local(this);
    }

    @Override
    public @Nullable SocketAddress peer() {
        return kind.peer(this);
    }

    @Override
    public long peerInode() {
        return kind.peerInode(this);
    }

    @Override
    public long fileInode() {
        return kind.fileInode(this);
    }

    @Override
    public long fileDevice() {
        return kind.fileDevice(this);
    }

    @Override
    public Map<String, Unknown> unknown() {
        return UnknownFields.of(this, kind);
    }

    @Override
    public long @Nullable [] pendingClients() {
        return kind.pendingClients(this);
    }

    @Override
    public List<InetEndpoint> addresses(int attributeType) {
        int at = find(attributeType);
        return at < 0 ? List.of() : Shapes.addresses(in, at, valueBytes(at));
    }

    @Override
    public @Nullable String ulp() {
        return kind.ulp(this);
    }

    @Override
    public @Nullable String congestionControl() {
        return kind.congestionControl(this);
    }

    @Override
    public String source() {
        return "sock_diag";
    }

    @Override
    public String toString() {
        return netid() + " " + state() + " " + local() + " " + peer() + " sk:" + Long.toHexString(cookie());
    }
}
