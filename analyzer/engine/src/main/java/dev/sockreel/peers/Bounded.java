package dev.sockreel.peers;

import dev.sockreel.snapshot.SocketRow;
import java.util.ArrayList;
import java.util.List;

/** Keeps the first rows of many and counts the others. */
final class Bounded {
    private final List<SocketRow> rows = new ArrayList<>();
    private int leftOut;

    void add(SocketRow row) {
        if (rows.size() < Peers.MAX_ROWS) {
            rows.add(row.hold());
        } else {
            leftOut++;
        }
    }

    List<SocketRow> rows() {
        return rows;
    }

    int leftOut() {
        return leftOut;
    }
}
