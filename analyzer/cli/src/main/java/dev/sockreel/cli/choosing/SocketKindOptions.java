package dev.sockreel.cli.choosing;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.InetProtocol;
import picocli.CommandLine.Option;

/** The options for kinds of sockets that all commands with such options share, named as in ss. */
public abstract class SocketKindOptions {
    /** Called in the order of the command line with each inet protocol that an option names, IPPROTO_*. */
    protected abstract void protocol(int protocol);

    /** Called in the order of the command line with each family that an option names, AF_*. */
    protected abstract void family(int family);

    protected final void protocol(boolean given, int protocol) {
        if (given) {
            protocol(protocol);
        }
    }

    protected final void family(boolean given, int family) {
        if (given) {
            family(family);
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

    @Option(names = {"-w", "--raw"}, description = "raw sockets.")
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

    @Option(names = {"-x", "--unix"}, description = "unix sockets.")
    void unix(boolean given) {
        family(given, Family.AF_UNIX);
    }

    @Option(names = {"-0", "--packet"}, description = "packet sockets.")
    void packet(boolean given) {
        family(given, Family.AF_PACKET);
    }

    @Option(names = "--vsock", description = "vsock sockets.")
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

    @Option(names = {"-4", "--ipv4"}, description = "IPv4 alone.")
    void ipv4(boolean given) {
        family(given, Family.AF_INET);
    }

    @Option(names = {"-6", "--ipv6"}, description = "IPv6 alone.")
    void ipv6(boolean given) {
        family(given, Family.AF_INET6);
    }
}
