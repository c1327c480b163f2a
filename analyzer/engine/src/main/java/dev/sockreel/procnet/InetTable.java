package dev.sockreel.procnet;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.Unknown;
import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * /proc/net/{tcp,udp,udplite,raw,icmp} and the same of IPv6.
 *
 * <pre>
 *  0   1             2            3  4                 5           6        7    8       9      10  11      12
 *  sl  local_address rem_address  st tx_queue:rx_queue tr:tm-&gt;when retrnsmt uid  timeout inode  ref pointer drops
 * </pre>
 *
 * The addresses are four bytes each as the host's integers, the ports a number in hex. A listener's rx_queue is its
 * pending connections; its backlog limit is not there: tx_queue is 0 and means nothing. The device that a socket is
 * bound to is not there either.
 *
 * @param name     of the file
 * @param family   of the dump it stands in for
 * @param netid    ss's
 * @param af       AF_INET or AF_INET6
 * @param protocol IPPROTO_*
 */
record InetTable(String name, String family, String netid, int af, int protocol) implements ProcTable {
    private static final Pattern ROW = Pattern.compile(" *[0-9]+: [0-9A-F]+:[0-9A-F]{4} .*");
    private static final int WORD_DIGITS = 8;
    private static final int QUEUES = 4;
    private static final int TIMER = 5;
    private static final int UID = 7;
    private static final int INODE = 9;
    private static final int DROPS = 12;
    /** The columns up to ref, so that the inode's digits are all there. */
    private static final int MIN_COLUMNS = 11;
    /** tr of a socket that the time-wait timer holds, also of FIN-WAIT-2 after the close. */
    private static final int TIMER_TIMEWAIT = 3;

    @Override
    public String heading() {
        return "sl ";
    }

    @Override
    public boolean lists(int af, int protocol) {
        return af == this.af && protocol == this.protocol;
    }

    @Override
    public Pattern row() {
        return ROW;
    }

    @Override
    public @Nullable ProcSocket parse(String line, ByteOrder order) {
        List<String> c = Columns.of(line);
        if (c.size() < MIN_COLUMNS) {
            return null;
        }
        InetEndpoint local = address(c.get(1), order);
        InetEndpoint peer = address(c.get(2), order);
        int state = (int) Columns.number(c, 3, 16);
        long tx = Columns.beforeColon(c.get(QUEUES));
        long rx = Columns.afterColon(c.get(QUEUES));
        long uid = Columns.number(c, UID, 10);
        long inode = Columns.number(c, INODE, 10);
        if (local == null || peer == null || state < 0 || state > 0xff || tx < 0 || rx < 0 || uid < 0 || inode < 0) {
            return null;
        }
        boolean mini = isMiniSocket(state, Columns.beforeColon(c.get(TIMER)));
        return new ProcSocket(
                netid, state, af, protocol, inode, mini || (uid == 0 && inode == 0) ? Socket.UNKNOWN : uid,
                Socket.UNKNOWN, recvQ(state, mini, rx), sendQ(state, mini, tx), local, peer,
                protocol == InetProtocol.IPPROTO_TCP ? Socket.UNKNOWN : Columns.number(c, DROPS, 10));
    }

    /** Returns whether the kernel keeps no queues and no owner of the socket, and prints zeros. */
    private boolean isMiniSocket(int state, long timer) {
        return protocol == InetProtocol.IPPROTO_TCP && switch (state) {
            case TcpState.TIME_WAIT, TcpState.SYN_RECV, TcpState.NEW_SYN_RECV -> true;
            case TcpState.FIN_WAIT2 -> timer == TIMER_TIMEWAIT;
            default -> false;
        };
    }

    private Queue recvQ(int state, boolean mini, long rx) {
        if (protocol != InetProtocol.IPPROTO_TCP) {
            return new Queue.MemoryBytes(rx);
        }
        return mini ? Queue.NOT_MEASURED
                : state == TcpState.LISTEN ? new Queue.PendingConnections(rx) : new Queue.SequenceBytes(rx);
    }

    private Queue sendQ(int state, boolean mini, long tx) {
        if (protocol != InetProtocol.IPPROTO_TCP) {
            return new Queue.MemoryBytes(tx);
        }
        return mini ? Queue.NOT_MEASURED
                : state == TcpState.LISTEN
                        ? new Queue.NotKnown(Queue.Meaning.BACKLOG_LIMIT, Unknown.FROM_PROC)
                : new Queue.SequenceBytes(tx);
    }

    /**
     * Reads {@code HEX:HEX}. Whether the IPv6 wildcard takes IPv4 too is not in the table.
     *
     * @return null when it is not hex of the right length
     */
    private @Nullable InetEndpoint address(String column, ByteOrder order) {
        int words = af == Family.AF_INET ? 1 : 4;
        int colon = column.indexOf(':');
        if (colon != words * WORD_DIGITS || column.length() != colon + 5) {
            return null;
        }
        try {
            int port = Integer.parseUnsignedInt(column, colon + 1, colon + 5, 16);
            return words == 1
                    ? InetEndpoint.ipv4((int) word(column, 0, order), port)
                    : InetEndpoint.ipv6(
                            word(column, 0, order) << 32 | word(column, 1, order),
                            word(column, 2, order) << 32 | word(column, 3, order), port);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Returns 4 bytes of an address in network order, from 8 digits that are the host's integer. */
    private static long word(String column, int index, ByteOrder order) {
        int begin = index * WORD_DIGITS;
        int word = Integer.parseUnsignedInt(column, begin, begin + WORD_DIGITS, 16);
        return Integer.toUnsignedLong(order == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(word) : word);
    }
}
