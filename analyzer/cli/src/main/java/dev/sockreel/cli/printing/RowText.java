package dev.sockreel.cli.printing;

import dev.sockreel.render.SocketInWords;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;

/** A socket on one line: what names it to a person, and who holds it. */
public final class RowText {
    public static String line(SocketRow row) {
        Socket s = row.socket();
        return s.netid() + " " + s.state() + "  " + SocketInWords.ends(row) + "  " + SocketInWords.owners(row);
    }

    private RowText() {}
}
