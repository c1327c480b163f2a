package dev.sockreel.cli.peers;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.peers.Conversation.Connection;
import dev.sockreel.peers.Conversation;
import dev.sockreel.peers.OtherEnd;
import dev.sockreel.peers.Peers;
import dev.sockreel.render.SocketInWords;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Prints a socket and its related sockets as text, a line each, indented under the socket they belong to. */
final class PeersText implements PeersPrinter {
    /** Bits of the minor number in the kernel's internal dev_t (linux/kdev_t.h, not the uapi encoding). */
    private static final int MINOR_BITS = 20;

    private final ShownTimes times;
    private final Stdout out;
    private final PrintWriter text;

    PeersText(ShownTimes times, Stdout out) {
        this.times = times;
        this.out = out;
        this.text = out.text();
    }

    @Override
    public void print(Conversation c) throws IOException {
        String time = times.nanos(c.socket().time().realtimeNs());
        text.println("snapshot " + c.socket().snapshot() + (time == null ? "" : ", " + time));
        text.println(line(c.socket()));
        if (c.otherEnd().kind() != OtherEnd.Kind.NONE || !c.socket().socket().isListener()) {
            text.println("  other end    " + end(c.otherEnd()));
        }
        for (SocketRow row : c.listeners()) {
            text.println(
                    (c.otherEnd().kind() == OtherEnd.Kind.PENDING ? "  waits for    " : "  listener     ") + line(row));
        }
        connections("waiting for accept()", c.waiting());
        connections("accepted", c.accepted());
        if (!c.senders().isEmpty()) {
            text.println("  senders (" + c.senders().size() + ")");
            c.senders().forEach(row -> text.println("    " + line(row)));
        }
        if (c.leftOut() > 0) {
            text.println("  and " + c.leftOut() + " more; the first " + Peers.MAX_ROWS + " of each kind are listed");
        }
        out.check();
    }

    private void connections(String heading, List<Connection> connections) {
        if (connections.isEmpty()) {
            return;
        }
        text.println("  " + heading + " (" + connections.size() + ")");
        for (Connection c : connections) {
            if (c.own() == null) {
                text.println("    client " + end(c.client()));
            } else {
                text.println("    " + line(c.own()));
                text.println("      client " + end(c.client()));
            }
        }
    }

    private static String end(OtherEnd end) {
        SocketRow row = end.row();
        return row == null ? end.why() : line(row) + (end.why().isEmpty() ? "" : " (" + end.why() + ")");
    }

    /** Returns a line that also has the inode of a unix socket, by which its peer refers to it, and its file. */
    private static String line(SocketRow row) {
        Socket s = row.socket();
        String file = s.family() == Family.AF_UNIX && s.fileInode() > 0
                ? " (file inode " + s.fileInode() + ", device " + (s.fileDevice() >>> MINOR_BITS) + ":"
                        + (s.fileDevice() & (1 << MINOR_BITS) - 1) + ")"
                : "";
        boolean hasInode = s.local() == null && row.peer() == null;
        return s.netid() + " " + s.state() + "  " + SocketInWords.ends(row) + file
                + (!hasInode && s.family() == Family.AF_UNIX ? " inode " + s.inode() : "") + "  "
                + (s.inode() == 0 ? "no descriptor" : SocketInWords.owners(row));
    }
}
