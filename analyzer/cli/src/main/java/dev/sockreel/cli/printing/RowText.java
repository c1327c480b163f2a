package dev.sockreel.cli.printing;

import dev.sockreel.render.SocketInWords;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;

/** Formats a socket as one line: kind, state, addresses and owners. */
public final class RowText {
    public static String line(SocketRow row) {
        Socket s = row.socket();
        return s.netid() + " " + s.state() + "  " + SocketInWords.ends(row) + "  " + SocketInWords.owners(row);
    }

    private RowText() {}
}
