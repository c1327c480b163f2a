package dev.sockreel.procnet;

import dev.sockreel.address.NetlinkAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import java.nio.ByteOrder;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** /proc/net/netlink: {@code sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode}; memory in bytes. */
final class NetlinkTable implements ProcTable {
    private static final Pattern ROW = Pattern.compile(ProcTable.POINTER + " +[0-9]+ +[0-9]+ +[0-9a-f]{8} .*");

    private static final long ALL_ONES = 0xffffffffL;

    @Override
    public String name() {
        return "netlink";
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
        long protocol = Columns.number(c, 1, 10);
        long portid = Columns.number(c, 2, 10);
        long rmem = Columns.number(c, 4, 10);
        long wmem = Columns.number(c, 5, 10);
        long inode = Columns.number(c, 9, 10);
        if (protocol < 0 || protocol > Integer.MAX_VALUE || portid < 0 || portid > ALL_ONES || rmem < 0 || wmem < 0
                || inode < 0) {
            return null;
        }
        return new ProcSocket(
                "nl", TcpState.CLOSE, Family.AF_NETLINK, 0, inode, Socket.UNKNOWN, 0, new Queue.MemoryBytes(rmem),
                new Queue.MemoryBytes(wmem), new NetlinkAddress((int) protocol, (int) portid), null,
                Columns.number(c, 8, 10));
    }
}
