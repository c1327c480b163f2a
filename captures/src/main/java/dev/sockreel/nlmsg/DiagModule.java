package dev.sockreel.nlmsg;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel module that answers for a family, and what is lost without it. Recorder and analyzer must agree on it.
 *
 * @param name   module name as in /proc/modules
 * @param symbol name of its dump function in /proc/kallsyms
 * @param config kernel option that builds it
 * @param tells  values that /proc/net lacks, as a list in words; empty where /proc/net has no such file
 */
public record DiagModule(String name, String symbol, String config, String tells) {
    /** The values that /proc/net lacks for ping sockets, which no kernel has a handler for. */
    public static final String PING_TEXT_LACKS = "cookies and bound devices";

    private record Row(String family, DiagModule module) {}

    /** The rows by the family's id without its final 4 or 6. */
    private static final List<Row> TABLE = List.of(
            row("tcp", "tcp_diag", "INET_DIAG", "backlog limits, byte counters and cookies"),
            row("udp", "udp_diag", "INET_UDP_DIAG", "cookies and bound devices"),
            row("udplite", "udp_diag", "udplite_diag_dump", "INET_UDP_DIAG", "cookies and bound devices"),
            row("raw", "raw_diag", "INET_RAW_DIAG", "cookies and bound devices"),
            row("sctp", "sctp_diag", "INET_SCTP_DIAG", ""),
            row("dccp", "dccp_diag", "INET_DCCP_DIAG", ""),
            row("mptcp", "mptcp_diag", "INET_MPTCP_DIAG", ""),
            row("unix", "unix_diag", "UNIX_DIAG", "queues, peers and backlog limits"),
            row("unix-icons", "unix_diag", "UNIX_DIAG", ""),
            row("packet", "af_packet_diag", "packet_diag_dump", "PACKET_DIAG", "cookies, drops and rings"),
            row("netlink", "netlink_diag", "NETLINK_DIAG", "cookies, peers and groups"),
            row("vsock", "vsock_diag", "VSOCKETS_DIAG", ""),
            row("xdp", "xsk_diag", "XDP_SOCKETS_DIAG", ""),
            // the module's file is net/tipc/diag.ko, so the kernel calls it "diag"
            row("tipc", "diag", "tipc_sock_diag_handler_dump", "TIPC_DIAG", ""),
            row("smc", "smc_diag", "SMC_DIAG", ""));

    private static Row row(String family, String name, String config, String tells) {
        return row(family, name, name + "_dump", config, tells);
    }

    private static Row row(String family, String name, String symbol, String config, String tells) {
        return new Row(family, new DiagModule(name, symbol, "CONFIG_" + config, tells));
    }

    /** Returns the module for a family id (tcp4, unix, …), or null. */
    public static @Nullable DiagModule of(String family) {
        String kind = kind(family);
        return TABLE.stream().filter(r -> r.family.equals(kind)).map(Row::module).findFirst().orElse(null);
    }

    /** Returns a family id without its final 4 or 6: tcp for tcp4 and tcp6. */
    public static String kind(String family) {
        return family.endsWith("4") || family.endsWith("6") ? family.substring(0, family.length() - 1) : family;
    }
}
