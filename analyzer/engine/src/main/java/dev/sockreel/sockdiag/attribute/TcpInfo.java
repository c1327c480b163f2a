package dev.sockreel.sockdiag.attribute;

import java.util.List;

/**
 * {@code struct tcp_info} (uapi/linux/tcp.h), INET_DIAG_INFO of tcp and dccp. Lengths seen: 104 (2.6), 144 (4.4), 192,
 * 232 (5.4), 240 (6.2), 248 (6.7), 280 (6.18). Times are µs (rto, ato, rtt, rttvar, min_rtt, busy_time and *_limited)
 * or ms (last_*, total_rto_time), rates bytes a second.
 */
public final class TcpInfo {
    public static final StructTable TABLE = StructTable.of(StructKind.TCP_INFO)
            .u8("tcpi_state")
            .u8("tcpi_ca_state")
            .u8("tcpi_retransmits")
            .u8("tcpi_probes")
            .u8("tcpi_backoff")
            .u8("tcpi_options")
            .bits("tcpi_snd_wscale", 4, "tcpi_rcv_wscale", 4)
            .bits("tcpi_delivery_rate_app_limited", 1, "tcpi_fastopen_client_fail", 2)
            .u32("tcpi_rto")
            .u32("tcpi_ato")
            .u32("tcpi_snd_mss")
            .u32("tcpi_rcv_mss")
            .u32("tcpi_unacked")
            .u32("tcpi_sacked")
            .u32("tcpi_lost")
            .u32("tcpi_retrans")
            .u32("tcpi_fackets")
            .u32("tcpi_last_data_sent")
            .u32("tcpi_last_ack_sent")
            .u32("tcpi_last_data_recv")
            .u32("tcpi_last_ack_recv")
            .u32("tcpi_pmtu")
            .u32("tcpi_rcv_ssthresh")
            .u32("tcpi_rtt")
            .u32("tcpi_rttvar")
            .u32("tcpi_snd_ssthresh")
            .u32("tcpi_snd_cwnd")
            .u32("tcpi_advmss")
            .u32("tcpi_reordering")
            .u32("tcpi_rcv_rtt")
            .u32("tcpi_rcv_space")
            .u32("tcpi_total_retrans")
            .u64("tcpi_pacing_rate")
            .u64("tcpi_max_pacing_rate")
            .u64("tcpi_bytes_acked")
            .u64("tcpi_bytes_received")
            .u32("tcpi_segs_out")
            .u32("tcpi_segs_in")
            .u32("tcpi_notsent_bytes")
            .u32("tcpi_min_rtt")
            .u32("tcpi_data_segs_in")
            .u32("tcpi_data_segs_out")
            .u64("tcpi_delivery_rate")
            .u64("tcpi_busy_time")
            .u64("tcpi_rwnd_limited")
            .u64("tcpi_sndbuf_limited")
            .u32("tcpi_delivered")
            .u32("tcpi_delivered_ce")
            .u64("tcpi_bytes_sent")
            .u64("tcpi_bytes_retrans")
            .u32("tcpi_dsack_dups")
            .u32("tcpi_reord_seen")
            .u32("tcpi_rcv_ooopack")
            .u32("tcpi_snd_wnd")
            .u32("tcpi_rcv_wnd")
            .u32("tcpi_rehash")
            .u16("tcpi_total_rto")
            .u16("tcpi_total_rto_recoveries")
            .u32("tcpi_total_rto_time")
            .u32("tcpi_received_ce")
            .u32("tcpi_delivered_e1_bytes")
            .u32("tcpi_delivered_e0_bytes")
            .u32("tcpi_delivered_ce_bytes")
            .u32("tcpi_received_e1_bytes")
            .u32("tcpi_received_e0_bytes")
            .u32("tcpi_received_ce_bytes");
    // The last 4 of 280 bytes are two u16 in Linux 6.18 (accecn_fail_mode, accecn_opt_seen) and bit-fields (ecn_mode,
    // …) after it, at the same length: nothing distinguishes them, so they stay hex.

    public static final StructField STATE = TABLE.field("tcpi_state");
    /** Probes, zero-window or keepalive, that are not answered yet. */
    public static final StructField PROBES = TABLE.field("tcpi_probes");
    public static final StructField BACKOFF = TABLE.field("tcpi_backoff");
    public static final StructField SND_WSCALE = TABLE.field("tcpi_snd_wscale");
    public static final StructField RCV_WSCALE = TABLE.field("tcpi_rcv_wscale");
    public static final StructField RTO = TABLE.field("tcpi_rto");
    public static final StructField UNACKED = TABLE.field("tcpi_unacked");
    public static final StructField RETRANS = TABLE.field("tcpi_retrans");
    /** An age, ms. */
    public static final StructField LAST_DATA_SENT = TABLE.field("tcpi_last_data_sent");
    /** An age, ms. */
    public static final StructField LAST_DATA_RECV = TABLE.field("tcpi_last_data_recv");
    /** An age, ms. */
    public static final StructField LAST_ACK_RECV = TABLE.field("tcpi_last_ack_recv");
    public static final StructField RTT = TABLE.field("tcpi_rtt");
    public static final StructField TOTAL_RETRANS = TABLE.field("tcpi_total_retrans");
    /** Bytes that the other end has acknowledged, SYN and FIN included; since Linux 4.1. */
    public static final StructField BYTES_ACKED = TABLE.field("tcpi_bytes_acked");
    /** Bytes received in order, a FIN included; since Linux 4.1. */
    public static final StructField BYTES_RECEIVED = TABLE.field("tcpi_bytes_received");
    /** Segments sent, retransmissions included; since Linux 4.2. */
    public static final StructField SEGS_OUT = TABLE.field("tcpi_segs_out");
    public static final StructField SEGS_IN = TABLE.field("tcpi_segs_in");
    public static final StructField NOTSENT_BYTES = TABLE.field("tcpi_notsent_bytes");
    public static final StructField BYTES_SENT = TABLE.field("tcpi_bytes_sent");
    public static final StructField BYTES_RETRANS = TABLE.field("tcpi_bytes_retrans");
    /** The other end's window, bytes; since Linux 5.4. */
    public static final StructField SND_WND = TABLE.field("tcpi_snd_wnd");
    /** This end's window, bytes; since Linux 6.2. */
    public static final StructField RCV_WND = TABLE.field("tcpi_rcv_wnd");

    /** Returns all fields in the header's order. */
    public static List<StructField> fields() {
        return TABLE.fields();
    }

    /**
     * Returns a field by its name.
     *
     * @throws IllegalArgumentException when the header has no such field
     */
    public static StructField field(String name) {
        return TABLE.field(name);
    }

    private TcpInfo() {}
}
