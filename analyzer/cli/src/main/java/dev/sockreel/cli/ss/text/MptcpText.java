package dev.sockreel.cli.ss.text;

import static dev.sockreel.sockdiag.attribute.MptcpInfo.field;

import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.MptcpInfo;
import dev.sockreel.sockdiag.attribute.StructField;

/** struct mptcp_info. */
final class MptcpText {
    /** MPTCP_INFO_FLAG_* (uapi/linux/mptcp.h). */
    private static final int FALLBACK = 1;
    private static final int REMOTE_KEY_RECEIVED = 2;

    private static final StructField FLAGS = field("mptcpi_flags");
    private static final StructField TOKEN = field("mptcpi_token");

    private static final Counter[] BEFORE_FLAGS = Counter.of(
            "subflows", field("mptcpi_subflows"), "add_addr_signal", field("mptcpi_add_addr_signal"),
            "add_addr_accepted", field("mptcpi_add_addr_accepted"), "subflows_max", field("mptcpi_subflows_max"),
            "add_addr_signal_max", field("mptcpi_add_addr_signal_max"),
            "add_addr_accepted_max", field("mptcpi_add_addr_accepted_max"));
    private static final Counter[] BEHIND_TOKEN = Counter.of(
            "write_seq", field("mptcpi_write_seq"), "snd_una", field("mptcpi_snd_una"), "rcv_nxt",
            field("mptcpi_rcv_nxt"),
            "local_addr_used", field("mptcpi_local_addr_used"), "local_addr_max", field("mptcpi_local_addr_max"),
            "csum_enabled", field("mptcpi_csum_enabled"), "retransmits", field("mptcpi_retransmits"),
            "bytes_retrans", field("mptcpi_bytes_retrans"), "bytes_sent", field("mptcpi_bytes_sent"),
            "bytes_received", field("mptcpi_bytes_received"), "bytes_acked", field("mptcpi_bytes_acked"),
            "subflows_total", field("mptcpi_subflows_total"), "endp_laminar_max", MptcpInfo.ENDP_LAMINAR_MAX,
            "last_data_sent", field("mptcpi_last_data_sent"), "last_data_recv", field("mptcpi_last_data_recv"),
            "last_ack_recv", field("mptcpi_last_ack_recv"));

    static void write(Socket s, Display display, Grid grid) {
        if (!display.info()) {
            return;
        }
        Counter.put(BEFORE_FLAGS, s, grid);
        long flags = s.value(FLAGS, 0);
        grid.put((flags & FALLBACK) != 0 ? " fallback" : "")
                .put((flags & REMOTE_KEY_RECEIVED) != 0 ? " remote_key" : "");
        long token = s.value(TOKEN, 0);
        if (token != 0) {
            grid.put(" token:").putHex(token);
        }
        Counter.put(BEHIND_TOKEN, s, grid);
    }

    private MptcpText() {}
}
