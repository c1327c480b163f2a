package dev.sockreel.nlmsg;

/** Numbers of {@code struct nlmsghdr} (uapi/linux/netlink.h). */
public final class Nlmsghdr {
    /** NLMSG_HDRLEN, bytes. */
    public static final int BYTES = 16;

    public static final int NLMSG_NOOP = 1;
    public static final int NLMSG_ERROR = 2;
    public static final int NLMSG_DONE = 3;
    public static final int NLMSG_OVERRUN = 4;

    public static final int NLM_F_REQUEST = 0x1;
    public static final int NLM_F_DUMP_INTR = 0x10;
    /** NLM_F_ROOT | NLM_F_MATCH. */
    public static final int NLM_F_DUMP = 0x300;
    /** Set on NLMSG_DONE and NLMSG_ERROR: attributes of {@code enum nlmsgerr_attrs} follow. */
    public static final int NLM_F_ACK_TLVS = 0x200;
    /** Set on NLMSG_ERROR: the request's payload is not repeated. */
    public static final int NLM_F_CAPPED = 0x100;

    /** uapi/linux/inet_diag.h: the old request, IPv4 and IPv6 in one walk; its replies have this type too. */
    public static final int TCPDIAG_GETSOCK = 18;
    /** uapi/linux/sock_diag.h. */
    public static final int SOCK_DIAG_BY_FAMILY = 20;

    /** Rounds up to the next multiple of 4 (NLMSG_ALIGN). */
    public static int align(int bytes) {
        return (bytes + 3) & ~3;
    }

    private Nlmsghdr() {}
}
