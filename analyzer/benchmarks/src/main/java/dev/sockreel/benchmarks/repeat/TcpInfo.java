package dev.sockreel.benchmarks.repeat;

/** The words of struct tcp_info (uapi/linux/tcp.h) that grow with time or with traffic: offsets in bytes. */
final class TcpInfo {
    /** tcpi_last_data_sent, tcpi_last_data_recv, tcpi_last_ack_recv: milliseconds since that happened. */
    static final int[] AGES = {44, 52, 56};

    /**
     * tcpi_bytes_acked, tcpi_bytes_received; tcpi_busy_time, tcpi_rwnd_limited, tcpi_sndbuf_limited; tcpi_bytes_sent,
     * tcpi_bytes_retrans: of 8 bytes.
     */
    static final int[] COUNTERS_64 = {120, 128, 168, 176, 184, 200, 208};

    /**
     * tcpi_total_retrans; tcpi_segs_out, tcpi_segs_in; tcpi_data_segs_in, tcpi_data_segs_out; tcpi_delivered,
     * tcpi_delivered_ce; tcpi_dsack_dups, tcpi_reord_seen, tcpi_rcv_ooopack: of 4 bytes.
     */
    static final int[] COUNTERS_32 = {100, 136, 140, 152, 156, 192, 196, 216, 220, 224};

    private TcpInfo() {}
}
