package dev.sockreel.cli.choosing;

import dev.sockreel.dump.Dump;
import dev.sockreel.filter.Filter;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.sockdiag.DumpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** ss's letters for the kinds of sockets; none of them: all kinds. */
public final class FamilyOptions {
    @Option(names = {"-t", "--tcp"}, description = "TCP sockets.")
    private boolean tcp;

    @Option(names = {"-u", "--udp"}, description = "UDP sockets.")
    private boolean udp;

    @Option(names = {"-x", "--unix"}, description = "unix sockets.")
    private boolean unix;

    @Option(names = {"-w", "--raw"}, description = "raw sockets.")
    private boolean raw;

    @Option(names = {"-d", "--dccp"}, description = "DCCP sockets.")
    private boolean dccp;

    @Option(names = {"-S", "--sctp"}, description = "SCTP sockets.")
    private boolean sctp;

    @Option(names = {"-M", "--mptcp"}, description = "MPTCP sockets.")
    private boolean mptcp;

    @Option(names = {"-0", "--packet"}, description = "packet sockets.")
    private boolean packet;

    @Option(names = "--udplite", description = "UDP-Lite sockets.")
    private boolean udplite;

    @Option(names = "--netlink", description = "netlink sockets.")
    private boolean netlink;

    @Option(names = "--vsock", description = "vsock sockets.")
    private boolean vsock;

    @Option(names = "--xdp", description = "XDP sockets.")
    private boolean xdp;

    @Option(names = "--tipc", description = "TIPC sockets.")
    private boolean tipc;

    @Option(names = {"-4", "--ipv4"}, description = "IPv4 alone.")
    private boolean ipv4;

    @Option(names = {"-6", "--ipv6"}, description = "IPv6 alone.")
    private boolean ipv6;

    /** Whether a dump holds sockets of the kinds that were asked for. */
    public Predicate<Dump> wanted() {
        Predicate<DumpRequest> kind = wantedKinds();
        return dump -> kind.test(dump.request()) && wantedVersion(dump);
    }

    /** The same of a table of /proc/net, named by the dump that it stands in for. */
    public Predicate<DumpRequest> wantedTables() {
        return wantedKinds().and(asked -> wantsFamily(asked.family()));
    }

    private Predicate<DumpRequest> wantedKinds() {
        List<Predicate<DumpRequest>> kinds = new ArrayList<>();
        inet(kinds, tcp, InetProtocol.IPPROTO_TCP);
        inet(kinds, udp, InetProtocol.IPPROTO_UDP);
        inet(kinds, raw, InetProtocol.IPPROTO_RAW);
        inet(kinds, dccp, InetProtocol.IPPROTO_DCCP);
        inet(kinds, sctp, InetProtocol.IPPROTO_SCTP);
        inet(kinds, mptcp, InetProtocol.IPPROTO_MPTCP);
        inet(kinds, udplite, InetProtocol.IPPROTO_UDPLITE);
        family(kinds, unix, Family.AF_UNIX);
        family(kinds, packet, Family.AF_PACKET);
        family(kinds, netlink, Family.AF_NETLINK);
        family(kinds, vsock, Family.AF_VSOCK);
        family(kinds, xdp, Family.AF_XDP);
        family(kinds, tipc, Family.AF_TIPC);
        return asked -> kinds.isEmpty() || kinds.stream().anyMatch(k -> k.test(asked));
    }

    /**
     * Of IP. A TCPDIAG_GETSOCK dump holds both, and one without a request may: it is named by its first socket. Their
     * rows are told apart by {@link #wantsFamily}.
     */
    private boolean wantedVersion(Dump dump) {
        boolean mayHoldBoth = dump.request().familyId().equals("tcp")
                || (dump.begin().request().length == 0 && dump.request().protocol() == InetProtocol.IPPROTO_TCP);
        return mayHoldBoth || wantsFamily(dump.request().family());
    }

    /** AF_* that a filter's addresses are of when they name none: the only one that an option names; else unspecified. */
    public int preferredFamily() {
        List<Integer> named = new ArrayList<>();
        add(named, unix, Family.AF_UNIX);
        add(named, packet, Family.AF_PACKET);
        add(named, netlink, Family.AF_NETLINK);
        add(named, vsock, Family.AF_VSOCK);
        add(named, xdp, Family.AF_XDP);
        add(named, tipc, Family.AF_TIPC);
        add(named, ipv4, Family.AF_INET);
        add(named, ipv6, Family.AF_INET6);
        boolean alone = named.size() == 1 && !(tcp || udp || raw || dccp || sctp || mptcp || udplite);
        return alone ? named.getFirst() : Filter.AF_UNSPEC;
    }

    private static void add(List<Integer> named, boolean wanted, int family) {
        if (wanted) {
            named.add(family);
        }
    }

    public boolean wantsFamily(int family) {
        return ipv4 == ipv6 || (ipv4 && family == Family.AF_INET) || (ipv6 && family == Family.AF_INET6);
    }

    private static void inet(List<Predicate<DumpRequest>> kinds, boolean wanted, int protocol) {
        if (wanted) {
            kinds.add(r -> (r.family() == Family.AF_INET || r.family() == Family.AF_INET6) && r.protocol() == protocol);
        }
    }

    private static void family(List<Predicate<DumpRequest>> kinds, boolean wanted, int family) {
        if (wanted) {
            kinds.add(r -> r.family() == family);
        }
    }
}
