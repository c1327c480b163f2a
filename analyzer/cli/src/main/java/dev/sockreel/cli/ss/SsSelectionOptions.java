package dev.sockreel.cli.ss;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import picocli.CommandLine.Option;

/** ss's options that choose sockets, in the order of the command line. */
final class SsSelectionOptions {
    private final SsSelectionBuilder selection = new SsSelectionBuilder();

    SsSelectionBuilder selection() {
        return selection;
    }

    @Option(names = {"-a", "--all"}, description = "Sockets in all states.")
    void all(boolean given) {
        if (given) {
            selection.all();
        }
    }

    @Option(names = {"-l", "--listening"}, description = "Listening and unconnected sockets.")
    void listening(boolean given) {
        if (given) {
            selection.listening();
        }
    }

    @Option(names = {"-B", "--bound-inactive"}, description = "TCP sockets that are bound but inactive.")
    void boundInactive(boolean given) {
        if (given) {
            selection.boundInactive();
        }
    }

    @Option(names = {"-t", "--tcp"}, description = "TCP sockets.")
    void tcp(boolean given) {
        protocol(given, InetProtocol.IPPROTO_TCP);
    }

    @Option(names = {"-u", "--udp"}, description = "UDP sockets.")
    void udp(boolean given) {
        protocol(given, InetProtocol.IPPROTO_UDP);
    }

    @Option(names = {"-d", "--dccp"}, description = "DCCP sockets.")
    void dccp(boolean given) {
        protocol(given, InetProtocol.IPPROTO_DCCP);
    }

    @Option(names = {"-w", "--raw"}, description = "Raw sockets.")
    void raw(boolean given) {
        protocol(given, InetProtocol.IPPROTO_RAW);
    }

    @Option(names = {"-S", "--sctp"}, description = "SCTP sockets.")
    void sctp(boolean given) {
        protocol(given, InetProtocol.IPPROTO_SCTP);
    }

    @Option(names = {"-M", "--mptcp"}, description = "MPTCP sockets.")
    void mptcp(boolean given) {
        protocol(given, InetProtocol.IPPROTO_MPTCP);
    }

    private void protocol(boolean given, int protocol) {
        if (given) {
            selection.protocol(protocol);
        }
    }

    @Option(names = {"-x", "--unix"}, description = "Unix sockets.")
    void unix(boolean given) {
        family(given, Family.AF_UNIX);
    }

    @Option(names = {"-0", "--packet"}, description = "Packet sockets.")
    void packet(boolean given) {
        family(given, Family.AF_PACKET);
    }

    @Option(names = "--vsock", description = "Vsock sockets.")
    void vsock(boolean given) {
        family(given, Family.AF_VSOCK);
    }

    @Option(names = "--tipc", description = "TIPC sockets.")
    void tipc(boolean given) {
        family(given, Family.AF_TIPC);
    }

    @Option(names = "--xdp", description = "XDP sockets.")
    void xdp(boolean given) {
        family(given, Family.AF_XDP);
    }

    @Option(names = {"-4", "--ipv4"}, description = "Only IPv4.")
    void ipv4(boolean given) {
        family(given, Family.AF_INET);
    }

    @Option(names = {"-6", "--ipv6"}, description = "Only IPv6.")
    void ipv6(boolean given) {
        family(given, Family.AF_INET6);
    }

    private void family(boolean given, int family) {
        if (given) {
            selection.family(family);
        }
    }

    @Option(
            names = {"-f", "--family"},
            paramLabel = "FAMILY",
            description = "inet, inet6, link, unix, netlink, tipc, vsock or xdp.")
    void family(String name) {
        if (name != null) {
            selection.family(name);
        }
    }

    @Option(
            names = {"-A", "--query", "--socket"},
            paramLabel = "LIST",
            description = {
                "Tables, separated by commas: all, inet, tcp, udp, raw, unix, u_str, packet, netlink, …",
                "!TABLE excludes one."
            })
    void query(String list) {
        if (list != null) {
            selection.query(list);
        }
    }
}
