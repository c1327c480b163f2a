package dev.sockreel.procnet;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.Unknown;
import dev.sockreel.sockdiag.UnknownFields;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A socket as a line of /proc/net shows it. What the table does not have is {@link Unknown#FROM_PROC}.
 *
 * @param netid       ss's name of the kind
 * @param stateNumber as TCP numbers states
 * @param protocol    IPPROTO_*, 0 for families without
 * @param inode       0: none; {@link Socket#UNKNOWN} in a netlink table of kernels before 2.6.37
 * @param uid         {@link Socket#UNKNOWN} where the table has none, or prints a zero that it did not look up
 * @param ifindex     0 for none, {@link Socket#UNKNOWN} where the table has no such column
 * @param local       null for a unix socket without a name
 * @param drops       the table's last column; {@link Socket#UNKNOWN} where it has none
 */
public record ProcSocket(
        String netid,
        int stateNumber,
        int family,
        int protocol,
        long inode,
        long uid,
        int ifindex,
        Queue recvQ,
        Queue sendQ,
        @Nullable SocketAddress local,
        @Nullable SocketAddress peer,
        long drops) implements Socket {

    @Override
    public String state() {
        return TcpState.name(stateNumber);
    }

    @Override
    public long cookie() {
        return NO_COOKIE;
    }

    @Override
    public boolean isListener() {
        return stateNumber == TcpState.LISTEN;
    }

    @Override
    public long peerInode() {
        return UNKNOWN;
    }

    @Override
    public long fileInode() {
        return UNKNOWN;
    }

    @Override
    public long fileDevice() {
        return UNKNOWN;
    }

    @Override
    public @Nullable String ulp() {
        return null;
    }

    @Override
    public Map<String, Unknown> unknown() {
        Map<String, Unknown> out = new LinkedHashMap<>();
        out.put("cookie", Unknown.FROM_PROC);
        UnknownFields.addQueues(this, out);
        if (inode == UNKNOWN) {
            out.put("inode", Unknown.FROM_PROC);
        }
        if (drops == UNKNOWN && countsDrops()) {
            out.put("drops", Unknown.FROM_PROC);
        }
        if (uid == UNKNOWN) {
            out.put("uid", isInet() ? Unknown.NO_SUCH_MEASURE : Unknown.FROM_PROC);
        }
        if (ifindex == UNKNOWN) {
            out.put("ifindex", Unknown.FROM_PROC);
        }
        if (family == Family.AF_NETLINK) {
            // the text has neither nlk->state nor the destination
            out.put("state", Unknown.FROM_PROC);
            out.put("peer", Unknown.FROM_PROC);
        }
        if (family == Family.AF_UNIX) {
            out.put("peer", Unknown.FROM_PROC);
            out.put("peerInode", Unknown.FROM_PROC);
            out.put("fileInode", Unknown.FROM_PROC);
            out.put("fileDevice", Unknown.FROM_PROC);
        }
        return out;
    }

    /** Returns whether kernels that print all columns print drops of such a socket. */
    private boolean countsDrops() {
        return family == Family.AF_NETLINK || (isInet() && protocol != InetProtocol.IPPROTO_TCP);
    }

    private boolean isInet() {
        return family == Family.AF_INET || family == Family.AF_INET6;
    }

    @Override
    public ProcSocket hold() {
        return this;
    }

    @Override
    public String source() {
        return "proc";
    }

    /** The one number beyond the fields above that a table may have. */
    @Override
    public <E extends Exception> void attributes(ValueSink<E> out) throws E {
        out.beginObject();
        if (drops != UNKNOWN) {
            out.name("drops");
            out.number(drops);
        }
        out.endObject();
    }

    /** A table's drops are the same counter as sock_diag's. */
    @Override
    public OptionalLong value(StructField field) {
        return field.equals(SkMemInfo.DROPS) && drops != UNKNOWN ? OptionalLong.of(drops) : OptionalLong.empty();
    }
}
