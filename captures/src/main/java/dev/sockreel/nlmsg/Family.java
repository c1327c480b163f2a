package dev.sockreel.nlmsg;

import static dev.sockreel.nlmsg.InetProtocol.IPPROTO_DCCP;
import static dev.sockreel.nlmsg.InetProtocol.IPPROTO_MPTCP;
import static dev.sockreel.nlmsg.InetProtocol.IPPROTO_RAW;
import static dev.sockreel.nlmsg.InetProtocol.IPPROTO_SCTP;
import static dev.sockreel.nlmsg.InetProtocol.IPPROTO_TCP;
import static dev.sockreel.nlmsg.InetProtocol.IPPROTO_UDP;
import static dev.sockreel.nlmsg.InetProtocol.IPPROTO_UDPLITE;
import static dev.sockreel.nlmsg.RequestLayout.PACKET_DIAG_REQ;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A family of sockets that sock_diag lists, and the one table of them: all that recorder, importers, checks, filters
 * and command line know of a family, except how its replies are decoded. A new family is a row of {@link #all} and a
 * decoder.
 *
 * @param id       as captures and {@code --families} name it: tcp4, tcp6, unix, unix-icons, …
 * @param kind     the name that its families share: tcp4 and tcp6 are tcp, unix-icons is unix
 * @param af       AF_*
 * @param protocol IPPROTO_* of inet families, else 0
 * @param layout   fixed header and secrets of its replies
 * @param request  the recorder's request for its sockets
 * @param isPart   whether another family of the kind lists these sockets too
 * @param module   the kernel module that answers
 * @param count    the kernel's counters of its sockets
 * @param text     the text of /proc/net that shows its sockets without the module; null where there is none
 * @param asked    the condition on which it is asked for by default
 * @param names    its kind's names for people
 */
public record Family(
        String id,
        String kind,
        int af,
        int protocol,
        RecordLayout layout,
        FamilyRequest request,
        boolean isPart,
        DiagModule module,
        Count count,
        @Nullable Text text,
        Asked asked,
        Names names) {
    // include/linux/socket.h; the same on every architecture
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;
    public static final int AF_PACKET = 17;
    public static final int AF_TIPC = 30;
    public static final int AF_VSOCK = 40;
    public static final int AF_SMC = 43;
    public static final int AF_XDP = 44;

    /**
     * The kernel's own counters of a family's sockets.
     *
     * @param protocols rows of /proc/net/protocols; their sum counts, and one that is missing counts 0
     * @param isExact   whether a dump lists as many as are counted, but for changes
     * @param sockstat  line of /proc/net/sockstat, or of sockstat6 for IPv6, whose {@code inuse} is the same count;
     *                  empty for none
     */
    public record Count(List<String> protocols, boolean isExact, String sockstat) {
        static final Count NONE = new Count(List.of(), false, "");
    }

    /**
     * A text of /proc/net.
     *
     * @param name  of the file
     * @param lacks the facts that it does not show, as words of a list
     */
    public record Text(String name, String lacks) {}

    /** The condition on which a family is asked for if no list of families is given. */
    public enum Asked {
        ALWAYS,
        /** If the kernel counts some, so that no module is loaded that nobody needs. */
        IF_COUNTED,
        /** If its text in /proc/net has rows. */
        IF_LISTED
    }

    /**
     * Names for people.
     *
     * @param title   as prose spells the kind: UDP-Lite
     * @param options of the command line that choose the kind; empty for none
     * @param ss      as ss names it: a table ({@code -A tcp}), or a family ({@code -f link}) for those not of inet;
     *                null when ss does not know it
     */
    public record Names(String title, List<String> options, @Nullable String ss) {}

    /** uapi/linux/inet_diag.h INET_DIAG_MD5SIG: tcp_diag_md5sig.tcpm_key; root's dumps hold it unasked. */
    private static final RecordLayout.Secret INET_DIAG_MD5SIG = new RecordLayout.Secret(
            KeySearch.INET_DIAG_MD5SIG, KeySearch.STRUCT_BYTES, KeySearch.KEY_AT, KeySearch.MAX_KEY_BYTES);

    static final RecordLayout INET_DIAG_MSG =
            new RecordLayout("inet_diag_msg", 72, 44, 68, 4, true, List.of(INET_DIAG_MD5SIG));

    private static final long ALL_STATES = FamilyRequest.ALL_STATES;
    /** 1 &lt;&lt; TCP_LISTEN. */
    private static final long LISTENERS = 1L << 10;
    /** UDIAG_SHOW_ NAME VFS PEER RQLEN MEMINFO UID. */
    private static final long UDIAG_SHOW = 0x77;

    private static final List<Family> ALL = Stream.of(
            FamilyRow.inet("tcp", IPPROTO_TCP).module("tcp_diag", "INET_DIAG").always()
                    .counted(List.of("TCP"), List.of("TCPv6")).exactly().sockstat("TCP", "TCP6")
                    .text("backlog limits, byte counters and cookies")
                    .title("TCP").options("-t", "--tcp").ss("tcp"),
            FamilyRow.inet("udp", IPPROTO_UDP).module("udp_diag", "INET_UDP_DIAG").always()
                    .counted(List.of("UDP"), List.of("UDPv6")).exactly().sockstat("UDP", "UDP6")
                    .text("cookies and bound devices")
                    .title("UDP").options("-u", "--udp").ss("udp"),
            FamilyRow.inet("udplite", IPPROTO_UDPLITE).module("udp_diag", "udplite_diag_dump", "INET_UDP_DIAG")
                    .counted(List.of("UDP-Lite", "UDPLITE"), List.of("UDPLITEv6"))
                    .text("cookies and bound devices")
                    .title("UDP-Lite").options("--udplite"),
            FamilyRow.inet("raw", IPPROTO_RAW).module("raw_diag", "INET_RAW_DIAG")
                    .counted(List.of("RAW"), List.of("RAWv6")).exactly().sockstat("RAW", "RAW6")
                    .text("cookies and bound devices")
                    .title("raw").options("-w", "--raw").ss("raw"),
            // lists associations beside its sockets, so the count is not exact; mptcp lists subflows
            FamilyRow.inet("sctp", IPPROTO_SCTP).module("sctp_diag", "INET_SCTP_DIAG")
                    .counted(List.of("SCTP"), List.of("SCTPv6"))
                    .title("SCTP").options("-S", "--sctp").ss("sctp"),
            FamilyRow.inet("dccp", IPPROTO_DCCP).module("dccp_diag", "INET_DCCP_DIAG")
                    .counted(List.of("DCCP"), List.of("DCCPv6"))
                    .title("DCCP").options("-d", "--dccp").ss("dccp"),
            FamilyRow.inet("mptcp", IPPROTO_MPTCP).module("mptcp_diag", "INET_MPTCP_DIAG")
                    .counted(List.of("MPTCP"), List.of("MPTCPv6"))
                    .title("MPTCP").options("-M", "--mptcp").ss("mptcp"),
            FamilyRow.of("unix", AF_UNIX).module("unix_diag", "UNIX_DIAG").always()
                    .layout(new RecordLayout("unix_diag_msg", 16, 8, 4, 4))
                    // uapi/linux/unix_diag.h: family, protocol, pad, states, ino, show, cookie
                    .request(new RequestLayout("unix_diag_req", 24, 1, 4, 12, 4), 0, ALL_STATES, UDIAG_SHOW)
                    // UDIAG_SHOW_ICONS, apart: one that does not fit a datagram ends the dump early without a word
                    .part("unix-icons", LISTENERS, UDIAG_SHOW | 0x08)
                    // the row UNIX-STREAM is there from Linux 5.15 on
                    .counted(List.of("UNIX", "UNIX-STREAM")).exactly()
                    .text("queues, peers and backlog limits")
                    .title("unix").options("-x", "--unix").ss("unix"),
            FamilyRow.of("packet", AF_PACKET).module("af_packet_diag", "packet_diag_dump", "PACKET_DIAG").ifListed()
                    .layout(new RecordLayout("packet_diag_msg", 16, 8, 4, 4))
                    // PACKET_SHOW_ INFO MCLIST RING_CFG FANOUT MEMINFO, not FILTER (0x20)
                    .request(PACKET_DIAG_REQ, 0, ALL_STATES, 0x1f)
                    .counted(List.of("PACKET")).exactly()
                    .text("cookies, drops and rings")
                    .title("packet").options("-0", "--packet").ss("link"),
            // the kernel's own sockets are listed and not counted
            FamilyRow.of("netlink", AF_NETLINK).module("netlink_diag", "NETLINK_DIAG").ifListed()
                    .layout(new RecordLayout("netlink_diag_msg", 28, 20, 16, 4))
                    // NDIAG_PROTO_ALL; NDIAG_SHOW_ MEMINFO GROUPS RING_CFG FLAGS
                    .request(PACKET_DIAG_REQ, 0xff, ALL_STATES, 0x0f)
                    .counted(List.of("NETLINK"))
                    .text("cookies, peers and groups")
                    .title("netlink").options("--netlink").ss("netlink"),
            // sockets that are in no table are counted
            FamilyRow.of("vsock", AF_VSOCK).module("vsock_diag", "VSOCKETS_DIAG")
                    .layout(new RecordLayout("vsock_diag_msg", 32, 24, 20, 4))
                    // uapi/linux/vm_sockets_diag.h: as unix_diag_req
                    .request(new RequestLayout("vsock_diag_req", 24, 1, 4, 12, 4), 0, ALL_STATES, 0)
                    .counted(List.of("AF_VSOCK"))
                    .title("vsock").options("--vsock").ss("vsock"),
            FamilyRow.of("xdp", AF_XDP).module("xsk_diag", "XDP_SOCKETS_DIAG")
                    .layout(new RecordLayout("xdp_diag_msg", 16, 8, 4, 4))
                    // XDP_SHOW_ INFO RING_CFG UMEM MEMINFO STATS
                    .request(PACKET_DIAG_REQ, 0, ALL_STATES, 0x1f)
                    .counted(List.of("XDP"))
                    .title("XDP").options("--xdp").ss("xdp"),
            // the module's file is net/tipc/diag.ko, so the kernel calls it "diag"
            FamilyRow.of("tipc", AF_TIPC).module("diag", "tipc_sock_diag_handler_dump", "TIPC_DIAG")
                    // no struct: the header of a nested attribute, which holds cookie and inode as attributes
                    .layout(new RecordLayout("TIPC_NLA_SOCK", 4, RecordLayout.NONE, RecordLayout.NONE, 0)
                            .withoutFamily())
                    // uapi/linux/tipc_sockets_diag.h: family, protocol, pad, states
                    .request(new RequestLayout("tipc_sock_diag_req", 8, 1, 4, RequestLayout.NONE, 0), 0, ALL_STATES, 0)
                    .counted(List.of("TIPC"))
                    .title("TIPC").options("--tipc").ss("tipc"),
            FamilyRow.of("smc", AF_SMC).module("smc_diag", "SMC_DIAG")
                    // diag_family becomes that of the TCP socket below
                    .layout(new RecordLayout("smc_diag_msg", 64, 44, 56, 8).withoutFamily())
                    // uapi/linux/smc_diag.h: family, pad, ext, inet_diag_sockid; CONNINFO LGRINFO DMBINFO
                    .request(new RequestLayout("smc_diag_req", 52, RequestLayout.NONE, RequestLayout.NONE, 3, 1), 0,
                            ALL_STATES, 0x0b)
                    .counted(List.of("SMC", "SMC6"))
                    .title("SMC"))
            .flatMap(row -> row.families().stream())
            .toList();

    private static final int MAX_AF = 0xff;
    private static final Map<String, Family> BY_ID = new HashMap<>();
    /** Layouts of replies that name their family, indexed by AF_*; read once a message. */
    private static final @Nullable RecordLayout[] NAMED_LAYOUTS = new RecordLayout[MAX_AF + 1];

    static {
        for (Family family : ALL) {
            BY_ID.put(family.id, family);
            if (family.layout.namesFamily()) {
                NAMED_LAYOUTS[family.af] = family.layout;
            }
        }
    }

    /** Returns all families in the order in which a snapshot asks for them. */
    public static List<Family> all() {
        return ALL;
    }

    /** Returns the family with this id, or null for none. */
    public static @Nullable Family of(String id) {
        return BY_ID.get(id);
    }

    /**
     * Returns the family with this id, or the first of the kind, or null for none: the old request's dumps are called
     * tcp and hold tcp4 and tcp6.
     */
    public static @Nullable Family ofIdOrKind(String name) {
        Family exact = of(name);
        return exact != null ? exact : ALL.stream().filter(f -> f.kind.equals(name)).findFirst().orElse(null);
    }

    /**
     * Returns the family that lists all sockets of an address family, or of one of inet's protocols; null for none.
     *
     * @param protocol IPPROTO_* of inet; of no account for others
     */
    public static @Nullable Family of(int af, int protocol) {
        for (Family family : ALL) {
            if (family.af == af && !family.isPart && (!isInet(af) || family.protocol == protocol)) {
                return family;
            }
        }
        return null;
    }

    /** Returns the kind of the family with this id; what is no family's id is a kind of its own. */
    public static String kindOf(String id) {
        Family family = of(id);
        return family == null ? id : family.kind;
    }

    /** Returns the struct that asks for an address family; for one that is not listed the most common one. */
    public static RequestLayout requestLayout(int af) {
        Family family = isInet(af) ? of(af, IPPROTO_TCP) : of(af, 0);
        return family == null ? PACKET_DIAG_REQ : family.request.layout();
    }

    static @Nullable RecordLayout layoutNamedBy(int firstByte) {
        return NAMED_LAYOUTS[firstByte];
    }

    /** Returns whether an address family is one of IP's. */
    public static boolean isInet(int af) {
        return af == AF_INET || af == AF_INET6;
    }

    /** Returns the mask bits that this family's request has and that of the whole kind has not; 0 for the latter. */
    public long ownShow() {
        Family whole = isPart ? of(af, protocol) : null;
        return whole == null ? 0 : request.show() & ~whole.request.show();
    }

    /** Returns the facts that the text of /proc/net does not show, as words of a list; empty where there is no text. */
    public String textLacks() {
        return text == null ? "" : text.lacks;
    }
}
