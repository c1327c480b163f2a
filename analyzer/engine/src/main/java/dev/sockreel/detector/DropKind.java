package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.wording.Counted;

/** A kind of socket, by what its SK_MEMINFO_DROPS counts and what helps against it. */
enum DropKind {
    /** Connections whose handshake ended, and which the listener's queue did not take; unlike ListenOverflows. */
    LISTENER(Severity.WARNING, "connection could not be handed", "connections could not be handed",
            " over to this listener", "Connections come faster than it accepts them: raise the backlog of listen()"
                    + " and net.core.somaxconn if it keeps up on average."),
    /** Segments outside of the window, such as probes of a full one, among others. */
    TCP(Severity.INFO, "segment was not taken", "segments were not taken",
            " by this connection (such as probes of its full window); no data is lost", ""),
    DATAGRAM(Severity.WARNING, "datagram for this socket was lost", "datagrams for this socket were lost", "",
            "It is not read often enough, or its receive buffer (SO_RCVBUF) is too small."),
    NETLINK(Severity.WARNING, "message for this socket was lost", "messages for this socket were lost", "",
            "Its reader got ENOBUFS: it must read faster, ask for less, or set a larger SO_RCVBUF."),
    PACKET(Severity.WARNING, "packet was not captured", "packets were not captured", " by this socket",
            "It needs a narrower filter, a larger ring, or a faster reader."),
    OTHER(Severity.WARNING, "packet for this socket was lost", "packets for this socket were lost", "",
            "It is not read often enough, or its receive buffer (SO_RCVBUF) is too small.");

    private final Severity severity;
    private final String one;
    private final String many;
    private final String rest;
    private final String advice;

    DropKind(Severity severity, String one, String many, String rest, String advice) {
        this.severity = severity;
        this.one = one;
        this.many = many;
        this.rest = rest;
        this.advice = advice;
    }

    static DropKind of(Socket s) {
        if (s.protocol() == InetProtocol.IPPROTO_TCP) {
            return s.isListener() ? LISTENER : TCP;
        }
        return switch (s.family()) {
            case Family.AF_NETLINK -> NETLINK;
            case Family.AF_PACKET -> PACKET;
            case Family.AF_INET, Family.AF_INET6 -> s.isListener() ? LISTENER : DATAGRAM;
            default -> OTHER;
        };
    }

    Severity severity() {
        return severity;
    }

    /** Returns the clause before the counter's values. */
    String sentence(long dropped) {
        return Counted.of(dropped, one, many) + rest;
    }

    /** Returns what helps; empty for nothing. */
    String advice() {
        return advice;
    }
}
