package dev.sockreel.procnet;

import dev.sockreel.address.NetlinkAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * /proc/net/netlink: {@code sk Eth Pid Groups Rmem Wmem Dump Locks Drops Inode}; memory in bytes. Kernels before 2.6.30
 * end the row after Locks, those before 2.6.37 after Drops. Dump is a pointer there ({@code (null)} on some), later a
 * number. Old kernels print the port id as a signed number, later ones as an unsigned one.
 */
final class NetlinkTable implements ProcTable {
    private static final Pattern ROW = Pattern.compile(ProcTable.POINTER + " +[0-9]+ +-?[0-9]+ +[0-9a-f]{8} .*");
    /** Dump of a kernel that leaves columns out: a row of a newer one that lost its end has a number there. */
    private static final Pattern OLD_DUMP = Pattern.compile("[0-9a-f]{8}(?:[0-9a-f]{8})?|\\(null\\)");

    private static final long MAX_PORT_ID = 0xffffffffL;
    private static final int DUMP = 6;
    private static final int LOCKS = 7;
    private static final int DROPS = 8;
    private static final int INODE = 9;
    private static final int ALL_COLUMNS = 10;

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
        OptionalLong portId = portId(c);
        long rmem = Columns.number(c, 4, 10);
        long wmem = Columns.number(c, 5, 10);
        if (protocol < 0 || protocol > Integer.MAX_VALUE || portId.isEmpty() || rmem < 0 || wmem < 0 || !isWhole(c)) {
            return null;
        }
        return new ProcSocket(
                "nl", TcpState.CLOSE, Family.AF_NETLINK, 0, Columns.number(c, INODE, 10), Socket.UNKNOWN, 0,
                new Queue.MemoryBytes(rmem), new Queue.MemoryBytes(wmem),
                new NetlinkAddress((int) protocol, (int) portId.getAsLong()), null, Columns.number(c, DROPS, 10));
    }

    /** Returns whether the row has all the columns that some kernel prints. */
    private static boolean isWhole(List<String> c) {
        if (c.size() >= ALL_COLUMNS) {
            return Columns.number(c, INODE, 10) >= 0;
        }
        return Columns.number(c, LOCKS, 10) >= 0 && OLD_DUMP.matcher(c.get(DUMP)).matches()
                && (c.size() <= DROPS || Columns.number(c, DROPS, 10) >= 0);
    }

    /** Returns 32 bits, which kernels print with or without a sign; empty when they are more. */
    private static OptionalLong portId(List<String> c) {
        String digits = c.size() > 2 ? c.get(2) : "";
        boolean isNegative = digits.startsWith("-");
        long number = Columns.number(List.of(isNegative ? digits.substring(1) : digits), 0, 10);
        boolean fits = number >= 0 && number <= (isNegative ? 1L << 31 : MAX_PORT_ID);
        return fits ? OptionalLong.of(isNegative ? -number : number) : OptionalLong.empty();
    }
}
