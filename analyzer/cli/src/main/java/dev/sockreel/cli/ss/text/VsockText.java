package dev.sockreel.cli.ss.text;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;

/** vsock: a context id and a port. */
final class VsockText implements KindText {
    private final Display display;

    VsockText(Display display) {
        this.display = display;
    }

    @Override
    public void write(SocketRow row, Grid grid) {
        Socket s = row.socket();
        Cells.begin(grid, s.netid(), s.state(), s.recvQ(), s.sendQ());
        Cells.local(grid, s.local());
        Cells.peer(grid, s.peer());
        Cells.processes(row, display, grid);
    }
}
