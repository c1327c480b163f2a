package dev.sockreel.sockdiag;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.nlmsg.RecordLayout;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.attribute.AttributeTable;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.StructKind;
import dev.sockreel.sockdiag.attribute.StructTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of one family's messages. Stateless: each method reads the message that the given socket stands on.
 * One subclass a family, listed in {@link Families}; its numbers stand in {@link Family}.
 */
abstract class SocketFamily {
    private static final StructField UID = StructField.unsigned(StructKind.UID, "uid", 0, 4);

    /** Bytes of the fixed header after nlmsghdr; attributes follow it. */
    final int headerBytes;
    final StructTable header;
    final AttributeTable attributes;
    /** AF_*; AF_INET for both versions of IP. */
    final int af;
    private final boolean namesFamily;
    private final int cookieAt;
    private final int inodeAt;
    private final int inodeBytes;

    /**
     * @param af     AF_* of a family that {@link Family} lists
     * @param header the fixed header's fields
     */
    SocketFamily(int af, StructTable header, AttributeTable attributes) {
        this.af = af;
        RecordLayout layout = layout(af);
        this.headerBytes = layout.headerBytes();
        this.namesFamily = layout.namesFamily();
        this.cookieAt = layout.cookieAt();
        this.inodeAt = layout.inodeAt();
        this.inodeBytes = layout.inodeBytes();
        this.header = header;
        this.attributes = attributes;
    }

    private static RecordLayout layout(int af) {
        Family family = Family.of(af, InetProtocol.IPPROTO_TCP);
        if (family == null) {
            throw new IllegalArgumentException("the table of families has no address family " + af);
        }
        return family.layout();
    }

    /** Returns whether the payload of one of its replies can begin with this byte. */
    boolean canBeginWith(int firstByte) {
        return !namesFamily || firstByte == af;
    }

    abstract String netid(DiagSocket s);

    /** Returns AF_* of this message. */
    int family(DiagSocket s) {
        return af;
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
        // no kernel reaches 2^63, so such a number is no inode
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

    /** Returns the kernel's receive queue number without its meaning and without an object; -1 when there is none. */
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

    /** Returns why uid is {@link Socket#UNKNOWN}. */
    Unknown whyNoUid(DiagSocket s) {
        return s.whyUnknown(UID);
    }

    /** Adds the unknown fields that only this family has. */
    void addUnknown(DiagSocket s, Map<String, Unknown> out) {}

    /** Reads a cookie: two native u32, low word first, so no u64 on big-endian hosts. All ones stand for none. */
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
