package dev.sockreel.cli.ss.text;

import dev.sockreel.address.PacketAddress;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;

/** packet sockets: the "address" is the protocol of the link layer, the "port" the device. */
final class PacketText implements KindText {
    /** PDI_* (uapi/linux/packet_diag.h), a bit each. */
    private static final String[] FLAGS = {"running", " auxdata", " origdev", " vnethdr", " loss"};
    /** PACKET_FANOUT_* (uapi/linux/if_packet.h). */
    private static final String[] FANOUTS = {"hash", "lb", "cpu", "roll", "random", "qm"};
    /** sizeof(struct sock_filter): code (2), jt, jf, k (4). */
    private static final int SOCK_FILTER_BYTES = 8;

    private final Display display;
    private final Names names;
    private final ByteOrder order;

    PacketText(Display display, Names names, ByteOrder order) {
        this.display = display;
        this.names = names;
        this.order = order;
    }

    @Override
    public void write(SocketRow row, Grid grid) {
        Socket s = row.socket();
        Cells.begin(grid, s.netid(), s.state(), s.recvQ(), s.sendQ());
        int device = s.ifindex();
        String port = device == 0 ? "*" : device < 0 ? Cells.UNKNOWN : Cells.device(row, device);
        Cells.local(grid, protocol(s), ":", port);
        Cells.noPeer(grid);
        Cells.processes(row, display, grid);
        Values values = display.details() || display.filters() ? KindText.values(row) : new Values(Map.of());
        if (display.details()) {
            Cells.details(s, grid);
            details(values, grid);
        }
        if (display.filters() && values.has("PACKET_DIAG_FILTER")) {
            filter(values.text("PACKET_DIAG_FILTER"), grid);
        }
        if (display.memory()) {
            Cells.skmem(s, grid);
        }
    }

    private String protocol(Socket s) {
        return s.local() instanceof PacketAddress a && a.protocol() != PacketAddress.ETH_P_ALL
                ? names.ethertype(a.protocol()) : Cells.host(s.local());
    }

    private void details(Values values, Grid grid) {
        if (values.has("PACKET_DIAG_INFO")) {
            Values info = values.of("PACKET_DIAG_INFO");
            grid.put(display.newLine()).put("ver:").put(info.word("pdi_version"));
            grid.put(" cpy_thresh:").put(info.word("pdi_copy_thresh")).put(" flags( ");
            flags(info.number("pdi_flags"), grid);
            grid.put(" )");
        }
        ring("ring_rx(", values, "PACKET_DIAG_RX_RING", grid);
        ring("ring_tx(", values, "PACKET_DIAG_TX_RING", grid);
        if (values.has("PACKET_DIAG_FANOUT")) {
            fanout(values.number("PACKET_DIAG_FANOUT"), grid);
        }
    }

    private static void flags(long flags, Grid grid) {
        for (int bit = 0; bit < FLAGS.length; bit++) {
            grid.put((flags & 1 << bit) != 0 ? FLAGS[bit] : "");
        }
        grid.put(flags == 0 ? "0" : "");
    }

    private void ring(String label, Values values, String name, Grid grid) {
        if (!values.has(name)) {
            return;
        }
        Values ring = values.of(name);
        grid.put(display.newLine()).put(label);
        grid.put("blk_size:").put(ring.word("pdr_block_size")).put(",blk_nr:").put(ring.word("pdr_block_nr"));
        grid.put(",frm_size:").put(ring.word("pdr_frame_size")).put(",frm_nr:").put(ring.word("pdr_frame_nr"));
        grid.put(",tmo:").put(ring.word("pdr_retire_tmo"));
        grid.put(",features:0x").put(Long.toHexString(ring.number("pdr_features"))).put(')');
    }

    /** Id in the lower half, type in the upper. */
    private void fanout(long fanout, Grid grid) {
        int type = (int) (fanout >> 16 & 0xffff);
        grid.put(display.newLine()).put("fanout(id:").put(fanout & 0xffff).put(",type:");
        grid.put(type < FANOUTS.length ? FANOUTS[type] : "0x" + Integer.toHexString(type)).put(')');
    }

    /** @param hex struct sock_filter[] in the host's order */
    private void filter(String hex, Grid grid) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(order);
        int instructions = bytes.length / SOCK_FILTER_BYTES;
        grid.put(display.newLine()).put("bpf filter (").put(instructions).put("): ");
        for (int i = 0; i < instructions; i++) {
            int code = in.getShort() & 0xffff;
            grid.put(" 0x").put(code < 16 ? "0" : "").put(Integer.toHexString(code));
            grid.put(' ').put(in.get() & 0xff).put(' ').put(in.get() & 0xff);
            grid.put(' ').put(Integer.toUnsignedLong(in.getInt())).put(',');
        }
    }
}
