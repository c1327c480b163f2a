package dev.sockreel.sockdiag.attribute;

/** The structs of congestion controls (uapi/linux/inet_diag.h): a socket has at most one of them. */
public final class CongestionInfo {
    public static final StructTable VEGAS = StructTable.of(StructKind.TCPVEGAS_INFO)
            .u32("tcpv_enabled")
            .u32("tcpv_rttcnt")
            .u32("tcpv_rtt")
            .u32("tcpv_minrtt");

    public static final StructTable DCTCP = StructTable.of(StructKind.TCP_DCTCP_INFO)
            .u16("dctcp_enabled")
            .u16("dctcp_ce_state")
            .u32("dctcp_alpha")
            .u32("dctcp_ab_ecn")
            .u32("dctcp_ab_tot");

    public static final StructTable BBR = StructTable.of(StructKind.TCP_BBR_INFO)
            .u32("bbr_bw_lo")
            .u32("bbr_bw_hi")
            .u32("bbr_min_rtt")
            .u32("bbr_pacing_gain")
            .u32("bbr_cwnd_gain");

    private CongestionInfo() {}
}
