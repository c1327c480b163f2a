package dev.sockreel.procnet;

import dev.sockreel.address.NoPeer;
import dev.sockreel.address.PacketAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** /proc/net/packet: {@code sk RefCnt Type Proto Iface R Rmem User Inode}; Proto is hex, Rmem bytes of memory. */
final class PacketTable implements ProcTable {
    private static final Pattern ROW = Pattern.compile(ProcTable.POINTER + " +[0-9]+ +[0-9]+ +[0-9a-f]{4} .*");
    private static final int MAX_ETHERTYPE = 0xffff;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;

    @Override
    public String name() {
        return "packet";
    }

    @Override
    public String heading() {
        return "sk ";
    }

    @Override
    public Pattern row() {
        return ROW;
    }

    @Override
    public @Nullable ProcSocket parse(String line, ByteOrder order) {
        List<String> c = Columns.of(line);
        long type = Columns.number(c, 2, 10);
        long protocol = Columns.number(c, 3, 16);
        long ifindex = Columns.number(c, 4, 10);
        long rmem = Columns.number(c, 6, 10);
        long uid = Columns.number(c, 7, 10);
        long inode = Columns.number(c, 8, 10);
        if (type < 0 || protocol < 0 || protocol > MAX_ETHERTYPE || ifindex < 0 || ifindex > Integer.MAX_VALUE
                || rmem < 0 || uid < 0
                || inode < 0) {
            return null;
        }
        return new ProcSocket(
                netid(type), TcpState.CLOSE, Family.AF_PACKET, 0, inode, uid, (int) ifindex,
                new Queue.MemoryBytes(rmem), Queue.NONE, new PacketAddress((int) protocol), NoPeer.INSTANCE,
                Socket.UNKNOWN);
    }

    private static String netid(long type) {
        return type == SOCK_RAW ? "p_raw" : type == SOCK_DGRAM ? "p_dgr" : "p_" + type;
    }
}
