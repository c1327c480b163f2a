package dev.sockreel.procnet;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.InetProtocol;
import java.util.List;
import java.util.Optional;

/** All tables that are understood. */
final class ProcTables {
    static final List<ProcTable> ALL = List.of(
            new InetTable("tcp", "tcp4", "tcp", Family.AF_INET, InetProtocol.IPPROTO_TCP),
            new InetTable("tcp6", "tcp6", "tcp", Family.AF_INET6, InetProtocol.IPPROTO_TCP),
            new InetTable("udp", "udp4", "udp", Family.AF_INET, InetProtocol.IPPROTO_UDP),
            new InetTable("udp6", "udp6", "udp", Family.AF_INET6, InetProtocol.IPPROTO_UDP),
            new InetTable("udplite", "udplite4", "udplite", Family.AF_INET, InetProtocol.IPPROTO_UDPLITE),
            new InetTable("udplite6", "udplite6", "udplite", Family.AF_INET6, InetProtocol.IPPROTO_UDPLITE),
            new InetTable("raw", "raw4", "raw", Family.AF_INET, InetProtocol.IPPROTO_RAW),
            new InetTable("raw6", "raw6", "raw", Family.AF_INET6, InetProtocol.IPPROTO_RAW),
            new InetTable("icmp", "", "icmp", Family.AF_INET, InetProtocol.IPPROTO_ICMP),
            new InetTable("icmp6", "", "icmp6", Family.AF_INET6, InetProtocol.IPPROTO_ICMPV6),
            new UnixTable(),
            new PacketTable(),
            new NetlinkTable());

    /** Returns the table of a file's name under /proc/net. */
    static Optional<ProcTable> of(String name) {
        return ALL.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    private ProcTables() {}
}
