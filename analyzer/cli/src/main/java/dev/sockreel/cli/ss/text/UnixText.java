package dev.sockreel.cli.ss.text;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.address.UnixAddress;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.Unknown;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** unix sockets: their "ports" are the inodes of a socket and its peer. */
final class UnixText implements KindText {
    private static final int MINOR_BITS = 20;

    private final Display display;

    UnixText(Display display) {
        this.display = display;
    }

    @Override
    public void write(SocketRow row, Grid grid) {
        Socket s = row.socket();
        Cells.begin(grid, s.netid(), s.state(), s.recvQ(), s.sendQ());
        Map<String, Unknown> unknown = s.local() == null || s.peerInode() < 0 ? s.unknown() : Map.of();
        Cells.local(grid, name(s.local(), unknown.containsKey("local")), " ", number(s.inode()));
        Cells.peer(grid, "*", " ",
                unknown.containsKey("peerInode") ? Cells.UNKNOWN : number(Math.max(0, s.peerInode())));
        Cells.processes(row, display, grid);
        if (Cells.isText(s)) {
            return;
        }
        if (display.memory()) {
            Cells.skmem(s, grid);
        }
        if (display.details()) {
            details(row, s, grid);
        }
    }

    /** ss prints each NUL of an abstract name as @. */
    private static String name(@Nullable SocketAddress address, boolean unknown) {
        if (address == null) {
            return unknown ? Cells.UNKNOWN : "*";
        }
        String name = AddressText.of(address);
        return address instanceof UnixAddress unix && unix.isAbstract() ? name.replace("\\x00", "@") : name;
    }

    private static String number(long inode) {
        return inode == Socket.UNKNOWN ? Cells.UNKNOWN : Long.toString(inode);
    }

    private static void details(SocketRow row, Socket s, Grid grid) {
        Cells.shutdown(s, grid);
        if (s.fileInode() >= 0) {
            grid.put(" ino:").put(s.fileInode());
            grid.put(" dev:").put(s.fileDevice() >> MINOR_BITS).put('/').put(s.fileDevice() & (1 << MINOR_BITS) - 1);
        }
        if (s.stateNumber() == TcpState.LISTEN) {
            pending(row, grid);
        }
    }

    /** A listener's clients in the order of its queue. */
    private static void pending(SocketRow row, Grid grid) {
        grid.put(" peers:");
        Values values = KindText.values(row);
        if (!values.has("UNIX_DIAG_ICONS")) {
            grid.put(' ').put(Cells.UNKNOWN);
        }
        values.list("UNIX_DIAG_ICONS").forEach(inode -> grid.put(' ').put(String.valueOf(inode)));
    }
}
