package dev.sockreel.cli.ss.text;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;

/** tipc: a node and a reference; the queues are counted in messages. */
final class TipcText implements KindText {
    private static final String[] TYPES = {"UNKNOWN", "STREAM", "DGRAM", "UNKNOWN", "RDM", "SEQPACKET"};

    private final Display display;

    TipcText(Display display) {
        this.display = display;
    }

    @Override
    public void write(SocketRow row, Grid grid) {
        Socket s = row.socket();
        Values values = KindText.values(row);
        Values stat = values.of("TIPC_NLA_SOCK_STAT");
        grid.to(Column.NETID).put(s.netid());
        Cells.begin(grid, s.state(), measured(stat, "TIPC_NLA_SOCK_STAT_RCVQ"),
                measured(stat, "TIPC_NLA_SOCK_STAT_SENDQ"));
        Cells.local(grid, s.local());
        Values con = values.of("TIPC_NLA_SOCK_CON");
        if (values.has("TIPC_NLA_SOCK_CON")) {
            Cells.peer(grid, con.word("TIPC_NLA_CON_NODE"), ":", con.word("TIPC_NLA_CON_SOCK"));
        } else {
            Cells.peer(grid, "", "-", "");
        }
        Cells.processes(row, display, grid);
        if (display.details()) {
            Cells.details(s, grid);
        }
        if (display.tipcInfo()) {
            info(values, stat, con, grid);
        }
    }

    private static long measured(Values stat, String name) {
        return stat.has(name) ? stat.number(name) : -1;
    }

    private void info(Values values, Values stat, Values con, Grid grid) {
        int type = (int) values.number("TIPC_NLA_SOCK_TYPE");
        String name = type >= 0 && type < TYPES.length ? TYPES[type] : TYPES[0];
        grid.put(display.oneLine() ? " " : "\n ").put("type:").put(name);
        grid.put(" cong:").put(stat.has("TIPC_NLA_SOCK_STAT_LINK_CONG")
                ? "link" : stat.has("TIPC_NLA_SOCK_STAT_CONN_CONG") ? "conn" : "none");
        Cells.number(" drop:", measured(stat, "TIPC_NLA_SOCK_STAT_DROP"), -1, grid);
        grid.put(values.has("TIPC_NLA_SOCK_HAS_PUBL") ? " publ" : "");
        if (con.has("TIPC_NLA_CON_FLAG")) {
            grid.put(" via {").put(con.word("TIPC_NLA_CON_TYPE")).put(',').put(con.word("TIPC_NLA_CON_INST")).put('}');
        }
    }
}
