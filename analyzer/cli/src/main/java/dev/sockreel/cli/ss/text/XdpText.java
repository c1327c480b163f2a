package dev.sockreel.cli.ss.text;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;

/** XDP sockets: the "address" is the device, the "port" its queue. */
final class XdpText implements KindText {
    /** XDP_DU_F_ZEROCOPY (uapi/linux/xdp_diag.h). */
    private static final int ZEROCOPY = 1;

    private static final String[][] UMEM = {
        {"id:", "id"}, {",size:", "size"}, {",num_pages:", "num_pages"}, {",chunk_size:", "chunk_size"},
        {",headroom:", "headroom"}, {",ifindex:", "ifindex"}, {",qid:", "queue_id"}
    };
    private static final String[][] STATS = {
        {"rx dropped:", "n_rx_dropped"}, {",rx invalid:", "n_rx_invalid"}, {",rx queue full:", "n_rx_full"},
        {",rx fill ring empty:", "n_fill_ring_empty"}, {",tx invalid:", "n_tx_invalid"},
        {",tx ring empty:", "n_tx_ring_empty"}
    };

    private final Display display;

    XdpText(Display display) {
        this.display = display;
    }

    @Override
    public void write(SocketRow row, Grid grid) {
        Socket s = row.socket();
        Cells.begin(grid, s.netid(), s.state(), s.recvQ(), s.sendQ());
        if (s.ifindex() > 0) {
            Cells.local(grid, Cells.device(row, s.ifindex()), ":", Cells.port(s.local()));
        } else {
            Cells.local(grid, "", s.ifindex() == 0 ? "*" : Cells.UNKNOWN, "");
        }
        Cells.noPeer(grid);
        Cells.processes(row, display, grid);
        if (display.details()) {
            Cells.details(s, grid);
            details(KindText.values(row), grid);
        }
        if (display.memory()) {
            Cells.skmem(s, grid);
        }
    }

    private void details(Values values, Grid grid) {
        ring("rx(", "XDP_DIAG_RX_RING", values, grid);
        ring("tx(", "XDP_DIAG_TX_RING", values, grid);
        if (values.has("XDP_DIAG_UMEM")) {
            umem(values.of("XDP_DIAG_UMEM"), grid);
            ring("fr(", "XDP_DIAG_UMEM_FILL_RING", values, grid);
            ring("cr(", "XDP_DIAG_UMEM_COMPLETION_RING", values, grid);
        }
        if (values.has("XDP_DIAG_STATS")) {
            grid.put(display.newLine()).put("stats(");
            numbers(STATS, values.of("XDP_DIAG_STATS"), grid);
            grid.put(')');
        }
    }

    private void ring(String label, String name, Values values, Grid grid) {
        if (values.has(name)) {
            grid.put(display.newLine()).put(label).put("entries:").put(values.word(name)).put(')');
        }
    }

    private void umem(Values umem, Grid grid) {
        grid.put(display.newLine()).put("umem(");
        numbers(UMEM, umem, grid);
        grid.put(",zc:").put(umem.number("flags") & ZEROCOPY).put(",refs:").put(umem.word("refs")).put(')');
    }

    private static void numbers(String[][] labelsAndNames, Values values, Grid grid) {
        for (String[] one : labelsAndNames) {
            grid.put(one[0]).put(values.word(one[1]));
        }
    }
}
