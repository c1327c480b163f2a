package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.RecordLayout;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.attribute.AttributeTable;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.StructTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Interprets the messages of one family. Stateless: each method reads the current message of the given socket. There is
 * one subclass per family, listed in {@link Families}.
 */
abstract class SocketFamily {
    /** Bytes of the fixed header after nlmsghdr; the attributes follow it. */
    final int headerBytes;
    final StructTable header;
    final AttributeTable attributes;
    private final int family;
    private final int cookieAt;
    private final int inodeAt;
    private final int inodeBytes;

    /** Creates a family whose messages have a fixed header, described by {@link RecordLayout}. */
    SocketFamily(int family, StructTable header, AttributeTable attributes) {
        this(family, layout(family).headerBytes(), layout(family), header, attributes);
    }

    /** Creates a family whose cookie and inode are not in the header. */
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

    abstract int stateNumber(DiagSocket s);

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

    abstract long uid(DiagSocket s);

    int ifindex(DiagSocket s) {
        return 0;
    }

    abstract Queue recvQ(DiagSocket s);

    abstract Queue sendQ(DiagSocket s);

    /** Returns the kernel's receive queue number without its meaning and without an object; -1 when there is none. */
    long recvQNumber(DiagSocket s) {
        return recvQ(s).kernelNumber();
    }

    long sendQNumber(DiagSocket s) {
        return sendQ(s).kernelNumber();
    }

    abstract @Nullable String local(DiagSocket s);

    abstract @Nullable String peer(DiagSocket s);

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
        return Unknown.NO_SUCH_MEASURE;
    }

    /** Adds the unknown fields that only this family has. */
    void addUnknown(DiagSocket s, Map<String, Unknown> out) {}

    /** Reads a cookie: two native u32, low word first, so no u64 on big-endian hosts. All ones stand for none. */
    static long cookieAt(WireReader in, int at) {
        long cookie = in.u32(at) | in.u32(at + 4) << 32;
        return cookie == -1 ? Socket.NO_COOKIE : cookie;
    }

    /** Returns a queue whose number is one of the SK_MEMINFO words. */
    static Queue memory(DiagSocket s, StructField word) {
        long bytes = s.value(word, -1);
        return bytes < 0
                ? new Queue.NotKnown(Queue.Meaning.MEMORY_BYTES, s.whyUnknown(word))
                : new Queue.MemoryBytes(bytes);
    }
}
