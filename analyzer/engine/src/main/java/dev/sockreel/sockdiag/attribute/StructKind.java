package dev.sockreel.sockdiag.attribute;

/**
 * The structs and plain numbers of sock_diag that {@link StructField}s point into. One nla_type carries different
 * structs in different families (INET_DIAG_INFO: tcp_info, mptcp_info or sctp_info), and one struct has different
 * nla_types (the SK_MEMINFO words), so a field names the struct and the family's table finds its attribute.
 */
public enum StructKind {
    /** Fixed headers, which every message of the family has. */
    INET_DIAG_MSG,
    UNIX_DIAG_MSG,
    PACKET_DIAG_MSG,
    NETLINK_DIAG_MSG,
    VSOCK_DIAG_MSG,
    XDP_DIAG_MSG,
    SMC_DIAG_MSG,
    TIPC_DIAG_MSG,

    TCP_INFO,
    MPTCP_INFO,
    SCTP_INFO,
    /** INET_DIAG_SKMEMINFO, UNIX_DIAG_MEMINFO, NETLINK_DIAG_MEMINFO, PACKET_DIAG_MEMINFO, XDP_DIAG_MEMINFO. */
    SK_MEMINFO,
    INET_DIAG_MEMINFO,
    TCPVEGAS_INFO,
    TCP_DCTCP_INFO,
    TCP_BBR_INFO,
    INET_DIAG_SOCKOPT,
    UNIX_DIAG_VFS,
    UNIX_DIAG_RQLEN,
    PACKET_DIAG_INFO,
    PACKET_DIAG_RX_RING,
    PACKET_DIAG_TX_RING,
    NETLINK_DIAG_RX_RING,
    NETLINK_DIAG_TX_RING,
    XDP_DIAG_INFO,
    XDP_DIAG_UMEM,
    XDP_DIAG_STATS,
    SMC_DIAG_CONNINFO,
    SMCD_DIAG_DMBINFO,
    SMC_DIAG_FALLBACK,

    /** Attributes that are one number. */
    TOS,
    TCLASS,
    SHUTDOWN,
    PROTOCOL,
    SKV6ONLY,
    MARK,
    CLASS_ID,
    CGROUP_ID,
    PEER,
    UID,
    FLAGS,
    FANOUT,
    TIPC_SOCK_TYPE,
    TIPC_SOCK_STATE,
    TIPC_SOCK_INO,
    TIPC_SOCK_COOKIE,
    TIPC_SOCK_ADDR,
    TIPC_SOCK_REF
}
