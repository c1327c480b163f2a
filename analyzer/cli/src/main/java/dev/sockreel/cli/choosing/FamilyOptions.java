package dev.sockreel.cli.choosing;

import dev.sockreel.dump.Dump;
import dev.sockreel.filter.Filter;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.InetProtocol;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** The options that choose kinds of sockets. Without any of them all kinds are chosen. */
public final class FamilyOptions extends SocketKindOptions {
    private final Set<Integer> protocols = new TreeSet<>();
    private final Set<Integer> families = new TreeSet<>();

    @Override
    protected void protocol(int protocol) {
        protocols.add(protocol);
    }

    @Override
    protected void family(int family) {
        families.add(family);
    }

    @Option(names = "--udplite", description = "UDP-Lite sockets.")
    void udplite(boolean given) {
        protocol(given, InetProtocol.IPPROTO_UDPLITE);
    }

    @Option(names = "--netlink", description = "netlink sockets.")
    void netlink(boolean given) {
        family(given, Family.AF_NETLINK);
    }

    /** Returns a test for dumps that hold sockets of the chosen kinds. */
    public Predicate<Dump> wanted() {
        return dump -> wantsKind(dump.request()) && wantsVersion(dump);
    }

    /** Returns the same test for a table of /proc/net, given the request of the dump that it replaces. */
    public Predicate<DumpRequest> wantedTables() {
        return request -> wantsKind(request) && wantsFamily(request.family());
    }

    private boolean wantsKind(DumpRequest request) {
        boolean anyKind = protocols.isEmpty() && families.stream().allMatch(FamilyOptions::isInet);
        return anyKind || (isInet(request.family())
                ? protocols.contains(request.protocol())
                : families.contains(request.family()));
    }

    private static boolean isInet(int family) {
        return family == Family.AF_INET || family == Family.AF_INET6;
    }

    /**
     * Tests the IP version. A TCPDIAG_GETSOCK dump holds both versions, and so may a dump without a recorded request,
     * whose family is that of its first socket. Rows of those are filtered by {@link #wantsFamily}.
     */
    private boolean wantsVersion(Dump dump) {
        boolean mayHoldBoth = dump.request().familyId().equals("tcp")
                || (dump.begin().request().length == 0 && dump.request().protocol() == InetProtocol.IPPROTO_TCP);
        return mayHoldBoth || wantsFamily(dump.request().family());
    }

    /** Returns AF_* for filter addresses without a family: the one family that the options name, or else AF_UNSPEC. */
    public int preferredFamily() {
        return protocols.isEmpty() && families.size() == 1 ? families.iterator().next() : Filter.AF_UNSPEC;
    }

    /** Returns whether sockets of this address family are chosen by {@code -4} and {@code -6}. */
    public boolean wantsFamily(int family) {
        boolean anyVersion = families.contains(Family.AF_INET) == families.contains(Family.AF_INET6);
        return anyVersion || (isInet(family) && families.contains(family));
    }
}
