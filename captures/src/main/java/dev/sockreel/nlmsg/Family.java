package dev.sockreel.nlmsg;

/** Address families as Linux numbers them on every architecture (include/linux/socket.h). */
public final class Family {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;
    public static final int AF_PACKET = 17;
    public static final int AF_TIPC = 30;
    public static final int AF_VSOCK = 40;
    public static final int AF_SMC = 43;
    public static final int AF_XDP = 44;

    private Family() {}
}
