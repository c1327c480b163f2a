package dev.sockreel.sockdiag;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.address.UnixAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.attribute.AttributeTable;
import dev.sockreel.sockdiag.attribute.Shape;
import dev.sockreel.sockdiag.attribute.Shapes;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.StructKind;
import dev.sockreel.sockdiag.attribute.StructTable;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code struct unix_diag_msg} (uapi/linux/unix_diag.h) and its attributes.
 *
 * <pre>
 *  0 family type state pad   4 ino   8 cookie[2]   16
 * </pre>
 */
final class UnixFamily extends SocketFamily {
    static final int UNIX_DIAG_NAME = 0;
    static final int UNIX_DIAG_VFS = 1;
    static final int UNIX_DIAG_PEER = 2;
    static final int UNIX_DIAG_ICONS = 3;
    static final int UNIX_DIAG_UID = 7;

    private static final int UDIAG_SHOW_NAME = 0x1;
    private static final int UDIAG_SHOW_VFS = 0x2;
    private static final int UDIAG_SHOW_PEER = 0x4;
    private static final int UDIAG_SHOW_RQLEN = 0x10;
    private static final int UDIAG_SHOW_MEMINFO = 0x20;
    private static final int UDIAG_SHOW_UID = 0x40;

    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_SEQPACKET = 5;

    private static final StructTable HEADER = StructTable.of(StructKind.UNIX_DIAG_MSG)
            .u8("udiag_family")
            .u8("udiag_type")
            .u8("udiag_state")
            .skip(1)
            .u32("udiag_ino")
            .skip(8);

    private static final StructTable VFS = StructTable.of(StructKind.UNIX_DIAG_VFS)
            .u32("udiag_vfs_ino")
            .u32("udiag_vfs_dev");

    private static final StructTable RQLEN = StructTable.of(StructKind.UNIX_DIAG_RQLEN)
            .u32("udiag_rqueue")
            .u32("udiag_wqueue");

    private static final StructField VFS_INO = VFS.field("udiag_vfs_ino");
    private static final StructField VFS_DEV = VFS.field("udiag_vfs_dev");
    /** The receive queue: bytes, or connections when LISTEN. */
    private static final StructField RQUEUE = RQLEN.field("udiag_rqueue");
    private static final StructField WQUEUE = RQLEN.field("udiag_wqueue");
    private static final StructField PEER = StructField.unsigned(StructKind.PEER, "UNIX_DIAG_PEER", 0, 4);

    private static final AttributeTable ATTRIBUTES = new AttributeTable()
            .row(UNIX_DIAG_NAME, "UNIX_DIAG_NAME", new NameShape(), UDIAG_SHOW_NAME)
            .row(UNIX_DIAG_VFS, "UNIX_DIAG_VFS", VFS, UDIAG_SHOW_VFS)
            .row(UNIX_DIAG_PEER, "UNIX_DIAG_PEER", Shapes.U32, UDIAG_SHOW_PEER, StructKind.PEER)
            .row(UNIX_DIAG_ICONS, "UNIX_DIAG_ICONS", Shapes.U32_LIST, DumpRequest.UDIAG_SHOW_ICONS)
            .row(4, "UNIX_DIAG_RQLEN", RQLEN, UDIAG_SHOW_RQLEN)
            .row(5, "UNIX_DIAG_MEMINFO", SkMemInfo.TABLE, UDIAG_SHOW_MEMINFO)
            .row(6, "UNIX_DIAG_SHUTDOWN", Shapes.U8, 0, StructKind.SHUTDOWN)
            .row(UNIX_DIAG_UID, "UNIX_DIAG_UID", Shapes.U32, UDIAG_SHOW_UID, StructKind.UID);

    static final UnixFamily INSTANCE = new UnixFamily();

    private UnixFamily() {
        super(Family.AF_UNIX, HEADER, ATTRIBUTES);
    }

    private static int type(DiagSocket s) {
        return s.in().u8(s.header() + 1);
    }

    @Override
    String netid(DiagSocket s) {
        int type = type(s);
        return switch (type) {
            case SOCK_STREAM -> "u_str";
            case SOCK_DGRAM -> "u_dgr";
            case SOCK_SEQPACKET -> "u_seq";
            default -> "u_" + type;
        };
    }

    @Override
    int stateNumber(DiagSocket s) {
        return s.in().u8(s.header() + 2);
    }

    private boolean isListening(DiagSocket s) {
        return stateNumber(s) == TcpState.LISTEN;
    }

    @Override
    Queue recvQ(DiagSocket s) {
        long number = s.value(RQUEUE, -1);
        if (number < 0) {
            return new Queue.NotKnown(recvMeaning(s), s.whyUnknown(RQUEUE));
        }
        return switch (recvMeaning(s)) {
            case PENDING_CONNECTIONS -> new Queue.PendingConnections(number);
            case FIRST_DATAGRAM_BYTES -> new Queue.FirstDatagramBytes(number);
            default -> new Queue.UnreadBytes(number);
        };
    }

    private Queue.Meaning recvMeaning(DiagSocket s) {
        if (isListening(s)) {
            return Queue.Meaning.PENDING_CONNECTIONS;
        }
        return switch (type(s)) {
            case SOCK_STREAM, SOCK_SEQPACKET -> Queue.Meaning.UNREAD_BYTES;
            default -> Queue.Meaning.FIRST_DATAGRAM_BYTES;
        };
    }

    @Override
    Queue sendQ(DiagSocket s) {
        long number = s.value(WQUEUE, -1);
        boolean listening = isListening(s);
        if (number < 0) {
            Queue.Meaning meaning = listening ? Queue.Meaning.BACKLOG_LIMIT : Queue.Meaning.MEMORY_BYTES;
            return new Queue.NotKnown(meaning, s.whyUnknown(WQUEUE));
        }
        return listening ? new Queue.BacklogLimit(number) : new Queue.MemoryBytes(number);
    }

    @Override
    long recvQNumber(DiagSocket s) {
        return s.value(RQUEUE, -1);
    }

    @Override
    long sendQNumber(DiagSocket s) {
        return s.value(WQUEUE, -1);
    }

    @Override
    @Nullable
    SocketAddress local(DiagSocket s) {
        int at = s.find(UNIX_DIAG_NAME);
        return at < 0 ? null : UnixAddress.ofSunPath(s.in().bytes(at, s.valueBytes(at)));
    }

    @Override
    long peerInode(DiagSocket s) {
        return s.value(PEER, Socket.UNKNOWN);
    }

    @Override
    long fileInode(DiagSocket s) {
        return s.value(VFS_INO, Socket.UNKNOWN);
    }

    @Override
    long fileDevice(DiagSocket s) {
        return s.value(VFS_DEV, Socket.UNKNOWN);
    }

    @Override
    long @Nullable [] pendingClients(DiagSocket s) {
        int at = s.find(UNIX_DIAG_ICONS);
        if (at < 0) {
            return null;
        }
        long[] inodes = new long[s.valueBytes(at) / 4];
        for (int i = 0; i < inodes.length; i++) {
            inodes[i] = s.in().u32(at + 4 * i);
        }
        return inodes;
    }

    /**
     * Adds unknown fields. A socket need not have a name, file or peer, so these are unknown only when they were not
     * requested or are cut off.
     */
    @Override
    void addUnknown(DiagSocket s, Map<String, Unknown> out) {
        addUnlessAbsent(s, UNIX_DIAG_NAME, "local", out);
        addUnlessAbsent(s, UNIX_DIAG_PEER, "peer", out);
        addUnlessAbsent(s, UNIX_DIAG_PEER, "peerInode", out);
        addUnlessAbsent(s, UNIX_DIAG_VFS, "fileInode", out);
        addUnlessAbsent(s, UNIX_DIAG_VFS, "fileDevice", out);
    }

    private static void addUnlessAbsent(DiagSocket s, int type, String field, Map<String, Unknown> out) {
        if (!s.has(type) && s.whyAbsent(type) != Unknown.ATTRIBUTE_ABSENT) {
            out.put(field, s.whyAbsent(type));
        }
    }

    private static final class NameShape implements Shape {
        @Override
        public boolean fits(WireReader in, int at, int bytes) {
            return bytes > 0;
        }

        @Override
        public <E extends Exception> void write(WireReader in, int at, int bytes, ValueSink<E> out) throws E {
            UnixAddress name = UnixAddress.ofSunPath(in.bytes(at, bytes));
            out.text(name == null ? "" : AddressText.of(name));
        }
    }
}
