package dev.sockreel.cli.ss;

import dev.sockreel.cli.ss.text.Column;
import dev.sockreel.cli.ss.text.Display;
import dev.sockreel.cli.ss.text.Grid;
import dev.sockreel.cli.ss.text.KindText;
import dev.sockreel.cli.ss.text.Names;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Prints the sockets of a snapshot as ss does. */
public final class SsListing {
    private static final Path PORT_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    private final SsSelection chosen;
    private final Display display;
    private final Names names;
    private final Grid grid;

    /** @param screenWidth columns of the terminal, 0 for none */
    SsListing(SsSelection chosen, Display display, OutputStream out, Grid.Check check, int screenWidth) {
        this.chosen = chosen;
        this.display = display;
        this.names = Names.of(display.numeric(), Path.of("/etc"), PORT_RANGE);
        this.grid = new Grid(out, check, screenWidth, hidden());
    }

    private Set<Column> hidden() {
        Set<Column> hidden = EnumSet.noneOf(Column.class);
        if (!chosen.showsNetid()) {
            hidden.add(Column.NETID);
        }
        if (!chosen.showsState()) {
            hidden.add(Column.STATE);
        }
        if (!display.queues()) {
            hidden.add(Column.RECV_Q);
            hidden.add(Column.SEND_Q);
        }
        if (!display.processes()) {
            hidden.add(Column.PROCESS);
        }
        return hidden;
    }

    /**
     * Prints one network namespace.
     *
     * @param netns  number of the namespace in the file
     * @param filter applied to the selected sockets
     */
    void print(Snapshot snapshot, int netns, Predicate<SocketRow> filter) throws IOException {
        Map<Integer, KindText> texts =
                KindText.all(display, names, snapshot.header().orderOrLittleEndian());
        if (display.header()) {
            grid.headings();
        }
        new SsRows(snapshot, netns, chosen, filter).forEach(row -> {
            KindText text = texts.get(row.socket().family());
            if (text != null) {
                text.write(row, grid);
                grid.endRow();
            }
        });
        grid.print();
    }
}
