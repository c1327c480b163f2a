package dev.sockreel.procnet;

import dev.sockreel.address.UnixAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.Unknown;
import dev.sockreel.wording.PrintableName;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * /proc/net/unix: {@code Num RefCount Protocol Flags Type St Inode Path}. It has no queue, no peer and no backlog.
 * An abstract name is printed with {@code @} for each NUL, so an inner NUL looks like an {@code @}; a newline
 * in a name breaks its line in two, and a name that imitates a row looks like one.
 */
final class UnixTable implements ProcTable {
    private static final String COLUMNS = ProcTable.POINTER
            + ": [0-9A-F]{8} [0-9A-F]{8} ([0-9A-F]{8}) ([0-9A-F]{4}) ([0-9A-F]{2}) +([0-9]{1,18})";
    private static final Pattern ROW = Pattern.compile(COLUMNS + "(?: (.*))?", Pattern.DOTALL);
    private static final Pattern NAMED_ROW = Pattern.compile(COLUMNS + " .*", Pattern.DOTALL);
    private static final int INODE = 4;
    /** sun_path's bytes. */
    private static final int MAX_NAME_CHARS = 108;

    private static final int SO_ACCEPTCON = 1 << 16;
    /** enum socket_state (uapi/linux/net.h). */
    private static final int SS_CONNECTING = 2;
    private static final int SS_CONNECTED = 3;

    @Override
    public String name() {
        return "unix";
    }

    @Override
    public String heading() {
        return "Num ";
    }

    @Override
    public Pattern row() {
        return ROW;
    }

    /** {@inheritDoc} Only a row with a name goes on, and no name is longer than sun_path. */
    @Override
    public boolean continues(CharSequence row, String line) {
        Matcher m = NAMED_ROW.matcher(row);
        // the newline between stands in for the blank before the name
        return m.matches() && row.length() - m.end(INODE) + line.length() <= MAX_NAME_CHARS;
    }

    @Override
    public @Nullable ProcSocket parse(String line, ByteOrder order) {
        Matcher m = ROW.matcher(line);
        if (!m.matches()) {
            return null;
        }
        int type = Integer.parseInt(m.group(2), 16);
        int state = state(Integer.parseUnsignedInt(m.group(1), 16), Integer.parseInt(m.group(3), 16));
        String path = m.group(5);
        return new ProcSocket(
                netid(type), state, Family.AF_UNIX, 0, Long.parseLong(m.group(INODE)), Socket.UNKNOWN, 0,
                recvQ(type, state), sendQ(state), path == null ? null : name(path), null, Socket.UNKNOWN);
    }

    /** Reads a name, which is abstract if it begins with @: a path that does so looks the same. */
    private static @Nullable UnixAddress name(String path) {
        if (path.isEmpty()) {
            return null;
        }
        String name = PrintableName.of(path.getBytes(StandardCharsets.ISO_8859_1));
        return path.charAt(0) == '@' ? new UnixAddress(name.substring(1), true) : new UnixAddress(name, false);
    }

    private static String netid(int type) {
        return switch (type) {
            case 1 -> "u_str";
            case 2 -> "u_dgr";
            case 5 -> "u_seq";
            default -> "u_" + type;
        };
    }

    /**
     * The kernel prints SS_CONNECTING for a socket that is established and has no descriptor yet: the end of a
     * connection that waits for accept(), with inode 0 and the listener's name. ss calls it SYN-SENT.
     */
    private static int state(int flags, int socketState) {
        if ((flags & SO_ACCEPTCON) != 0) {
            return TcpState.LISTEN;
        }
        return switch (socketState) {
            case SS_CONNECTED, SS_CONNECTING -> TcpState.ESTABLISHED;
            default -> TcpState.CLOSE;
        };
    }

    private static Queue recvQ(int type, int state) {
        Queue.Meaning meaning = state == TcpState.LISTEN
                ? Queue.Meaning.PENDING_CONNECTIONS
                : type == 2 ? Queue.Meaning.FIRST_DATAGRAM_BYTES : Queue.Meaning.UNREAD_BYTES;
        return new Queue.NotKnown(meaning, Unknown.FROM_PROC);
    }

    private static Queue sendQ(int state) {
        return new Queue.NotKnown(
                state == TcpState.LISTEN ? Queue.Meaning.BACKLOG_LIMIT : Queue.Meaning.MEMORY_BYTES, Unknown.FROM_PROC);
    }
}
