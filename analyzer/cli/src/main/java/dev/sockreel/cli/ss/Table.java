package dev.sockreel.cli.ss;

import static dev.sockreel.cli.ss.StateMask.CLOSE;
import static dev.sockreel.cli.ss.StateMask.CONNECTED_BY_DEFAULT;
import static dev.sockreel.cli.ss.StateMask.ESTABLISHED;
import static dev.sockreel.cli.ss.StateMask.TIPC;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The socket tables that ss's options choose from, each with the states that it shows by default. */
enum Table {
    TCP(CONNECTED_BY_DEFAULT, Family.AF_INET, Family.AF_INET6),
    MPTCP(CONNECTED_BY_DEFAULT, Family.AF_INET, Family.AF_INET6),
    DCCP(CONNECTED_BY_DEFAULT, Family.AF_INET, Family.AF_INET6),
    UDP(ESTABLISHED, Family.AF_INET, Family.AF_INET6),
    RAW(ESTABLISHED, Family.AF_INET, Family.AF_INET6),
    SCTP(CONNECTED_BY_DEFAULT, Family.AF_INET, Family.AF_INET6),
    UNIX_STREAM(CONNECTED_BY_DEFAULT, Family.AF_UNIX),
    UNIX_DGRAM(CLOSE, Family.AF_UNIX),
    UNIX_SEQPACKET(CONNECTED_BY_DEFAULT, Family.AF_UNIX),
    PACKET_RAW(CLOSE, Family.AF_PACKET),
    PACKET_DGRAM(CLOSE, Family.AF_PACKET),
    NETLINK(CLOSE, Family.AF_NETLINK),
    VSOCK_STREAM(CONNECTED_BY_DEFAULT, Family.AF_VSOCK),
    VSOCK_DGRAM(CONNECTED_BY_DEFAULT, Family.AF_VSOCK),
    XDP(CLOSE, Family.AF_XDP),
    TIPC_SOCKETS(TIPC, Family.AF_TIPC);

    /** The tables of ss's `all`, which leaves tipc out. */
    static final Set<Table> ALL = EnumSet.complementOf(EnumSet.of(TIPC_SOCKETS));

    static final Set<Table> INET = EnumSet.of(UDP, DCCP, TCP, MPTCP, SCTP, RAW);

    final int states;
    private final int family;
    private final int otherFamily;

    Table(int states, int family) {
        this(states, family, family);
    }

    Table(int states, int family, int otherFamily) {
        this.states = states;
        this.family = family;
        this.otherFamily = otherFamily;
    }

    /** Returns the families of its sockets, AF_*. */
    Set<Integer> families() {
        return family == otherFamily ? Set.of(family) : Set.of(family, otherFamily);
    }

    /** Returns the protocol of an inet table, IPPROTO_*. */
    int protocol() {
        return switch (this) {
            case TCP -> InetProtocol.IPPROTO_TCP;
            case MPTCP -> InetProtocol.IPPROTO_MPTCP;
            case DCCP -> InetProtocol.IPPROTO_DCCP;
            case UDP -> InetProtocol.IPPROTO_UDP;
            case RAW -> InetProtocol.IPPROTO_RAW;
            case SCTP -> InetProtocol.IPPROTO_SCTP;
            default -> throw new IllegalArgumentException(this + " is no inet table");
        };
    }

    /** Returns the tables of an inet protocol, IPPROTO_*. */
    static Set<Table> ofProtocol(int protocol) {
        return INET.stream().filter(table -> table.protocol() == protocol).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the tables with sockets of this family. */
    static Set<Table> ofFamily(int family) {
        Set<Table> found = EnumSet.noneOf(Table.class);
        for (Table table : values()) {
            if (table.families().contains(family)) {
                found.add(table);
            }
        }
        return found;
    }
}
