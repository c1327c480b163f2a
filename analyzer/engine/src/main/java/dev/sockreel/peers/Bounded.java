package dev.sockreel.peers;

import dev.sockreel.snapshot.SocketRow;
import java.util.ArrayList;
import java.util.List;

/** The first rows of many, to keep; the others are counted. */
final class Bounded {
    private final List<SocketRow> rows = new ArrayList<>();
    private int leftOut;

    void add(SocketRow row) {
        if (rows.size() < Peers.MOST) {
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
