package dev.sockreel.nlmsg;

import java.util.List;

/**
 * A text of /proc/net that lists ping sockets, which no kernel has a sock_diag handler for.
 *
 * @param name         of the file under /proc/net
 * @param af           AF_*
 * @param protocol     IPPROTO_*
 * @param protocolsRow row of /proc/net/protocols that counts them
 */
public record PingText(String name, int af, int protocol, String protocolsRow) {
    public static final List<PingText> ALL = List.of(
            new PingText("icmp", Family.AF_INET, InetProtocol.IPPROTO_ICMP, "PING"),
            new PingText("icmp6", Family.AF_INET6, InetProtocol.IPPROTO_ICMPV6, "PINGv6"));

    /** The facts that the text does not show, as words of a list. */
    public static final String LACKS = "cookies and bound devices";

    /** Returns the rows of /proc/net/protocols that count ping sockets. */
    public static List<String> protocolsRows() {
        return ALL.stream().map(PingText::protocolsRow).toList();
    }
}
