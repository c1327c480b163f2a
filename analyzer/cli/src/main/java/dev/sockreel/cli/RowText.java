package dev.sockreel.cli;

import dev.sockreel.export.SocketInWords;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;

/** A socket on one line: what names it to a person, and who holds it. */
final class RowText {
    static String line(SocketRow row) {
        Socket s = row.socket();
        return s.netid() + " " + s.state() + "  " + SocketInWords.ends(row) + "  " + SocketInWords.owners(row);
    }

    private RowText() {}
}
