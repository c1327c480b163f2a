package dev.sockreel.sockdiag;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.RecordLayout;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.attribute.AttributeTable;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.StructKind;
import dev.sockreel.sockdiag.attribute.StructTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of one family's messages. Stateless: each method reads the message that the given socket stands on.
 * Each family is a subclass, listed in {@link Families}.
 */
abstract class SocketFamily {
    private static final StructField UID = StructField.unsigned(StructKind.UID, "uid", 0, 4);

    /** Bytes of the fixed header after nlmsghdr; attributes follow it. */
    final int headerBytes;
    final StructTable header;
    final AttributeTable attributes;
    private final int family;
    private final int cookieAt;
    private final int inodeAt;
    private final int inodeBytes;

    /** A family whose messages have a fixed header: {@link RecordLayout} knows it. */
    SocketFamily(int family, StructTable header, AttributeTable attributes) {
        this(family, layout(family).headerBytes(), layout(family), header, attributes);
    }

    /** A family that has its cookie and inode elsewhere. */
    SocketFamily(int family, int headerBytes, StructTable header, AttributeTable attributes) {
        this(family, headerBytes, new RecordLayout("", headerBytes, 0, 0, 0, List.of()), header, attributes);
    }

    private SocketFamily(
            int family, int headerBytes, RecordLayout layout, StructTable header, AttributeTable attributes) {
        this.family = family;
        this.headerBytes = headerBytes;
        this.cookieAt = layout.cookieAt();
        this.inodeAt = layout.inodeAt();
        this.inodeBytes = layout.inodeBytes();
        this.header = header;
        this.attributes = attributes;
    }

    private static RecordLayout layout(int family) {
        RecordLayout layout = RecordLayout.of(Nlmsghdr.SOCK_DIAG_BY_FAMILY, family);
        if (layout == null) {
            throw new IllegalArgumentException("no layout of family " + family);
        }
        return layout;
    }

    abstract String netid(DiagSocket s);

    /** Returns AF_* of this message. */
    int family(DiagSocket s) {
        return family;
    }

    int protocol() {
        return 0;
    }

    /** Returns CLOSE, which ss calls UNCONN, for a family without states. */
    int stateNumber(DiagSocket s) {
        return TcpState.CLOSE;
    }

    String stateName(DiagSocket s) {
        return TcpState.name(s.stateNumber());
    }

    long cookie(DiagSocket s) {
        return cookieAt(s.in(), s.header() + cookieAt);
    }

    long inode(DiagSocket s) {
        int at = s.header() + inodeAt;
        // no kernel comes to 2^63: such a number is no inode
        return inodeBytes == 8 ? Math.max(Socket.UNKNOWN, s.in().u64(at)) : s.in().u32(at);
    }

    /** Returns the attribute that is a uid, where the family has one. */
    long uid(DiagSocket s) {
        return s.value(UID, Socket.UNKNOWN);
    }

    int ifindex(DiagSocket s) {
        return 0;
    }

    /** Returns the memory of SK_MEMINFO, or none where the family has no such attribute. */
    Queue recvQ(DiagSocket s) {
        return memory(s, SkMemInfo.RMEM_ALLOC);
    }

    /** Returns the memory of SK_MEMINFO, or none where the family has no such attribute. */
    Queue sendQ(DiagSocket s) {
        return memory(s, SkMemInfo.WMEM_ALLOC);
    }

    /** Returns the kernel's number without its meaning and without an object, -1 when there is none. */
    long recvQNumber(DiagSocket s) {
        return s.value(SkMemInfo.RMEM_ALLOC, -1);
    }

    long sendQNumber(DiagSocket s) {
        return s.value(SkMemInfo.WMEM_ALLOC, -1);
    }

    abstract @Nullable SocketAddress local(DiagSocket s);

    @Nullable
    SocketAddress peer(DiagSocket s) {
        return null;
    }

    long peerInode(DiagSocket s) {
        return Socket.UNKNOWN;
    }

    long fileInode(DiagSocket s) {
        return Socket.UNKNOWN;
    }

    long fileDevice(DiagSocket s) {
        return Socket.UNKNOWN;
    }

    long @Nullable [] pendingClients(DiagSocket s) {
        return null;
    }

    @Nullable
    String ulp(DiagSocket s) {
        return null;
    }

    @Nullable
    String congestionControl(DiagSocket s) {
        return null;
    }

    /** Returns the reason why uid is {@link Socket#UNKNOWN}. */
    Unknown whyNoUid(DiagSocket s) {
        return s.whyUnknown(UID);
    }

    /** Adds what only this family can miss. */
    void addUnknown(DiagSocket s, Map<String, Unknown> out) {}

    /** Reads two native u32, low word first: not a u64 on big-endian hosts. All ones stand for none. */
    static long cookieAt(WireReader in, int at) {
        long cookie = in.u32(at) | in.u32(at + 4) << 32;
        return cookie == -1 ? Socket.NO_COOKIE : cookie;
    }

    private Queue memory(DiagSocket s, StructField word) {
        if (attributes.typeOf(StructKind.SK_MEMINFO) < 0) {
            return Queue.NONE;
        }
        long bytes = s.value(word, -1);
        return bytes < 0
                ? new Queue.NotKnown(Queue.Meaning.MEMORY_BYTES, s.whyUnknown(word))
                : new Queue.MemoryBytes(bytes);
    }
}
