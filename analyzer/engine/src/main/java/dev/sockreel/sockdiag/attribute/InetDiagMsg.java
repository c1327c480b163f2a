package dev.sockreel.sockdiag.attribute;

import dev.sockreel.sockdiag.Socket;

/** {@code struct inet_diag_msg} (uapi/linux/inet_diag.h): fields of the header and attributes that are one number. */
public final class InetDiagMsg {
    public static final StructTable TABLE = StructTable.of(StructKind.INET_DIAG_MSG)
            .u8("idiag_family")
            .u8("idiag_state")
            .u8("idiag_timer")
            .u8("idiag_retrans")
            // ports and addresses are in network order
            .skip(2 + 2 + 16 + 16)
            .u32("idiag_if")
            .skip(8)
            .u32("idiag_expires")
            .u32("idiag_rqueue")
            .u32("idiag_wqueue")
            .u32("idiag_uid")
            .u32("idiag_inode");

    /** The kernel's state number; that of sctp associations is not a TCP state. */
    public static final StructField STATE = TABLE.field("idiag_state");
    /** The running timer: 0 none, 1 retransmit, 2 keepalive, 3 timewait, 4 zero-window probe. */
    public static final StructField TIMER = TABLE.field("idiag_timer");
    public static final StructField RETRANS = TABLE.field("idiag_retrans");
    /** Time until the timer fires, ms. */
    public static final StructField EXPIRES_MS = TABLE.field("idiag_expires");
    /** The receive queue number as the kernel sent it; {@link Socket#recvQ()} knows its meaning. */
    public static final StructField RQUEUE = TABLE.field("idiag_rqueue");
    public static final StructField WQUEUE = TABLE.field("idiag_wqueue");

    /** An nla_type, like those below, for which only its presence is asked. */
    public static final int INET_DIAG_MEMINFO = 1;
    public static final int INET_DIAG_INFO = 2;
    public static final int INET_DIAG_VEGASINFO = 3;
    public static final int INET_DIAG_DCTCPINFO = 9;
    public static final int INET_DIAG_LOCALS = 12;
    public static final int INET_DIAG_PEERS = 13;
    public static final int INET_DIAG_BBRINFO = 16;
    public static final int INET_DIAG_MD5SIG = 18;

    public static final int TIMER_NONE = 0;
    public static final int TIMER_TIMEWAIT = 3;
    public static final int TIMER_PROBE = 4;

    public static final StructField TOS = StructField.unsigned(StructKind.TOS, "INET_DIAG_TOS", 0, 1);
    public static final StructField TCLASS = StructField.unsigned(StructKind.TCLASS, "INET_DIAG_TCLASS", 0, 1);
    /** Closed directions: 1 no more receiving, 2 no more sending. */
    public static final StructField SHUTDOWN = StructField.unsigned(StructKind.SHUTDOWN, "INET_DIAG_SHUTDOWN", 0, 1);
    /** IPPROTO_* of raw sockets. */
    public static final StructField PROTOCOL = StructField.unsigned(StructKind.PROTOCOL, "INET_DIAG_PROTOCOL", 0, 1);
    public static final StructField SKV6ONLY = StructField.unsigned(StructKind.SKV6ONLY, "INET_DIAG_SKV6ONLY", 0, 1);
    public static final StructField MARK = StructField.unsigned(StructKind.MARK, "INET_DIAG_MARK", 0, 4);
    public static final StructField CLASS_ID = StructField.unsigned(StructKind.CLASS_ID, "INET_DIAG_CLASS_ID", 0, 4);
    public static final StructField CGROUP_ID =
            StructField.unsigned(StructKind.CGROUP_ID, "INET_DIAG_CGROUP_ID", 0, 8);

    private InetDiagMsg() {}
}
