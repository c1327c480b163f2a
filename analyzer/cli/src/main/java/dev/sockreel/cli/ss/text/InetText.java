package dev.sockreel.cli.ss.text;

import dev.sockreel.address.InetEndpoint;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import org.jspecify.annotations.Nullable;

/** tcp, udp, raw, dccp, sctp and mptcp. */
final class InetText implements KindText {
    private static final int IPPROTO_ICMPV6 = 58;
    private static final String[] TIMERS = {"off", "on", "keepalive", "timewait", "persist", "delack"};
    /** Names of struct inet_diag_sockopt, and ss's where they differ. */
    private static final String[][] SOCKOPTS = {
        {"recverr", "recverr"}, {"is_icsk", "is_icsk"}, {"freebind", "freebind"}, {"hdrincl", "hdrincl"},
        {"mc_loop", "mc_loop"}, {"transparent", "transparent"}, {"mc_all", "mc_all"}, {"nodefrag", "nodefrag"},
        {"bind_address_no_port", "bind_addr_no_port"}, {"recverr_rfc4884", "recverr_rfc4884"},
        {"defer_connect", "defer_connect"}
    };

    private final Display display;
    private final Names names;
    private final TcpText tcp;

    InetText(Display display, Names names) {
        this.display = display;
        this.names = names;
        this.tcp = new TcpText(display);
    }

    @Override
    public void write(SocketRow row, Grid grid) {
        Socket s = row.socket();
        if (SctpText.isAssociation(s)) {
            Cells.begin(grid, "`- " + s.state(), s.recvQ().kernelNumber(), s.sendQ().kernelNumber());
        } else {
            Cells.begin(grid, netid(s), s.state(), s.recvQ(), s.sendQ());
        }
        addresses(row, s, grid);
        Cells.processes(row, display, grid);
        if (Cells.isText(s)) {
            if (display.details() && s.protocol() == InetProtocol.IPPROTO_TCP) {
                Cells.details(s, grid);
            }
        } else {
            more(row, s, grid);
        }
    }

    private void more(SocketRow row, Socket s, Grid grid) {
        if (display.timers()) {
            timer(s, grid);
        }
        if (display.details()) {
            details(s, grid);
        }
        if (display.tos()) {
            tos(s, grid);
        }
        if (display.cgroup()) {
            Cells.cgroup(s, grid);
        }
        if (display.sockopt()) {
            sockopt(row, grid);
        }
        if (display.memory() || (display.info() && s.protocol() != InetProtocol.IPPROTO_UDP)) {
            info(row, s, grid);
        }
    }

    /** A raw socket is called by its own protocol; ss has names for few of them. */
    private static String netid(Socket s) {
        if (s.protocol() != InetProtocol.IPPROTO_RAW) {
            return s.netid();
        }
        int protocol = (int) s.value(InetDiagMsg.PROTOCOL, Cells.isText(s) ? 0 : InetProtocol.IPPROTO_RAW);
        return switch (protocol) {
            case 0 -> "raw";
            case InetProtocol.IPPROTO_TCP -> "tcp";
            case InetProtocol.IPPROTO_UDP -> "udp";
            case InetProtocol.IPPROTO_SCTP -> "sctp";
            case InetProtocol.IPPROTO_DCCP -> "dccp";
            case IPPROTO_ICMPV6 -> "icmp6";
            default -> "???";
        };
    }

    private void addresses(SocketRow row, Socket s, Grid grid) {
        SocketAddress local = s.local();
        host(s, local, grid.to(Column.LOCAL_ADDRESS));
        if (s.ifindex() > 0) {
            grid.put('%').put(Cells.device(row, s.ifindex()));
        }
        port(s, local, grid.put(':').to(Column.LOCAL_PORT));
        SocketAddress peer = s.peer();
        host(s, peer, grid.to(Column.PEER_ADDRESS));
        port(s, peer, grid.put(':').to(Column.PEER_PORT));
    }

    /** The wildcard of a socket that is not known to take IPv6 alone is *. */
    private static void host(Socket s, @Nullable SocketAddress address, Grid grid) {
        boolean any6 = s.family() == Family.AF_INET6 && address != null && address.isAny();
        if (any6 && s.value(InetDiagMsg.SKV6ONLY, 0) == 0) {
            grid.put('*');
        } else if (address instanceof InetEndpoint inet) {
            grid.putHost(inet);
        } else {
            grid.put(Cells.host(address));
        }
    }

    private void port(Socket s, @Nullable SocketAddress address, Grid grid) {
        if (!(address instanceof InetEndpoint inet)) {
            grid.put(Cells.port(address));
        } else if (inet.port() != 0 && names.isNumeric()) {
            grid.put(inet.port());
        } else {
            grid.put(names.port(inet, portsOf(s)));
        }
    }

    private static String portsOf(Socket s) {
        return switch (s.protocol()) {
            case InetProtocol.IPPROTO_RAW -> "raw";
            case InetProtocol.IPPROTO_UDP -> "udp";
            case InetProtocol.IPPROTO_SCTP -> "sctp";
            case InetProtocol.IPPROTO_DCCP -> "dccp";
            default -> "tcp";
        };
    }

    private static void timer(Socket s, Grid grid) {
        int timer = (int) s.value(InetDiagMsg.TIMER, 0);
        if (timer == InetDiagMsg.TIMER_NONE) {
            return;
        }
        if (s.protocol() == InetProtocol.IPPROTO_SCTP) {
            grid.put(" timer:(T3_RTX,").put(CNumber.timer(s.value(InetDiagMsg.EXPIRES_MS, 0)));
        } else {
            grid.put(" timer:(").put(timer < TIMERS.length ? TIMERS[timer] : "unknown").put(',')
                    .put(CNumber.timer(s.value(InetDiagMsg.EXPIRES_MS, 0)));
        }
        grid.put(',').put(s.value(InetDiagMsg.RETRANS, 0)).put(')');
    }

    private static void details(Socket s, Grid grid) {
        Cells.details(s, grid);
        long v6only = s.value(InetDiagMsg.SKV6ONLY, -1);
        if (v6only >= 0 && s.family() == Family.AF_INET6) {
            grid.put(" v6only:").put(v6only);
        }
        Cells.shutdown(s, grid);
    }

    private static void tos(Socket s, Grid grid) {
        hex(" tos:", s.value(InetDiagMsg.TOS, -1), grid);
        hex(" tclass:", s.value(InetDiagMsg.TCLASS, -1), grid);
        hex(" class_id:", s.value(InetDiagMsg.CLASS_ID, -1), grid);
    }

    private static void hex(String label, long value, Grid grid) {
        if (value >= 0) {
            grid.put(label).put(value == 0 ? "" : "0x").putHex(value);
        }
    }

    private void sockopt(SocketRow row, Grid grid) {
        Values values = KindText.values(row);
        if (!values.has("INET_DIAG_SOCKOPT")) {
            return;
        }
        Values set = values.of("INET_DIAG_SOCKOPT");
        grid.put(display.newLine()).put("inet-sockopt: (");
        for (String[] option : SOCKOPTS) {
            if (set.number(option[0]) != 0) {
                grid.put(' ').put(option[1]);
            }
        }
        grid.put(')');
    }

    private void info(SocketRow row, Socket s, Grid grid) {
        grid.put(display.oneLine() ? "" : "\n\t");
        if (display.memory()) {
            memory(row, s, grid);
        }
        switch (s.protocol()) {
            case InetProtocol.IPPROTO_SCTP -> SctpText.write(row, display, grid);
            case InetProtocol.IPPROTO_MPTCP -> MptcpText.write(s, display, grid);
            default -> tcp.write(row, s, grid);
        }
    }

    /** Kernels before 2.6.39 have the four words of INET_DIAG_MEMINFO alone. */
    private static void memory(SocketRow row, Socket s, Grid grid) {
        if (Cells.skmem(s, grid) || !s.has(InetDiagMsg.INET_DIAG_MEMINFO)) {
            return;
        }
        Values mem = KindText.values(row).of("INET_DIAG_MEMINFO");
        grid.put(" mem:(r").put(mem.number("idiag_rmem")).put(",w").put(mem.number("idiag_wmem"));
        grid.put(",f").put(mem.number("idiag_fmem")).put(",t").put(mem.number("idiag_tmem")).put(')');
    }
}
