package dev.sockreel.cli.ss.text;

import dev.sockreel.address.NetlinkAddress;
import dev.sockreel.address.NetlinkDestination;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.Unknown;
import java.nio.ByteOrder;
import java.util.List;

/** netlink sockets: the "address" is the protocol, the "port" the port id. */
final class NetlinkText implements KindText {
    private static final int NETLINK_DIAG_GROUPS = 1;

    private final Display display;
    private final Names names;
    private final ByteOrder order;

    NetlinkText(Display display, Names names, ByteOrder order) {
        this.display = display;
        this.names = names;
        this.order = order;
    }

    @Override
    public void write(SocketRow row, Grid grid) {
        Socket s = row.socket();
        // ss calls a connected one UNCONN too
        Cells.begin(grid, s.netid(), TcpState.name(TcpState.CLOSE), s.recvQ(), s.sendQ());
        if (s.local() instanceof NetlinkAddress own) {
            Cells.local(grid, names.netlink(own.protocol()), ":", process(row, own));
        } else {
            Cells.local(grid, s.local());
        }
        if (s.peer() instanceof NetlinkDestination peer) {
            Cells.peer(grid, peer);
        } else {
            Cells.noPeer(grid);
        }
        grid.to(Column.MORE);
        if (display.details()) {
            // what ss calls sk and cb are addresses in the kernel, which sock_diag does not report
            grid.put(" sk=").put(Cells.UNKNOWN).put(" cb=").put(Cells.UNKNOWN).put(" groups=").put(groups(row));
        }
        if (display.memory()) {
            grid.put('\t');
            Cells.skmem(s, grid);
        }
    }

    /** The port id of a process's first socket is its pid: then ss prints whose it is, here as it was recorded. */
    private String process(SocketRow row, NetlinkAddress own) {
        String portId = Cells.port(own);
        if (names.isNumeric() || own.portId() < 0) {
            return portId;
        }
        if (own.isKernel()) {
            return "kernel";
        }
        List<Owner> owners = row.owners();
        return owners == null ? portId : owners.stream()
                .filter(o -> o.pid() == own.portId())
                .map(o -> o.comm() + "/" + portId)
                .findFirst()
                .orElse(portId);
    }

    /** A bitmap of unsigned longs, of which ss prints the lower 32 bits of the first. */
    private String groups(SocketRow row) {
        Socket s = row.socket();
        boolean none = s instanceof DiagSocket d && d.whyAbsent(NETLINK_DIAG_GROUPS) == Unknown.ATTRIBUTE_ABSENT;
        if (!s.has(NETLINK_DIAG_GROUPS) && !none) {
            return Cells.UNKNOWN;
        }
        List<?> words = KindText.values(row).list("NETLINK_DIAG_GROUPS");
        int lower = order == ByteOrder.LITTLE_ENDIAN ? 0 : 1;
        long groups = lower < words.size() && words.get(lower) instanceof Number n ? n.longValue() : 0;
        return "0x" + Long.toHexString(groups | 1L << 32).substring(1);
    }
}
