package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.Family;

/**
 * {@code struct smc_diag_msg} (uapi/linux/smc_diag.h). Its attributes stay hex under their numbers.
 *
 * <pre>
 *  0 family state mode shutdown   4 inet_diag_sockid (48)   52 uid   56 inode (8)   64
 * </pre>
 */
final class SmcFamily extends SocketFamily {
    private static final StructTable HEADER = StructTable.of(StructKind.SMC_DIAG_MSG)
            .u8("diag_family")
            .u8("diag_state")
            .u8("diag_mode")
            .u8("diag_shutdown")
            .skip(48)
            .u32("diag_uid")
            .u64("diag_inode");

    static final SmcFamily INSTANCE = new SmcFamily();

    private SmcFamily() {
        super(Family.AF_SMC, HEADER, AttributeTable.NONE);
    }

    @Override
    String netid(DiagSocket s) {
        return "smc";
    }

    /** SMC_ACTIVE, SMC_INIT, SMC_CLOSED and SMC_LISTEN have the numbers of TCP; from 20 on are its own. */
    @Override
    int stateNumber(DiagSocket s) {
        return s.in().u8(s.header() + 1);
    }

    @Override
    long uid(DiagSocket s) {
        return s.in().u32(s.header() + 52);
    }

    @Override
    int ifindex(DiagSocket s) {
        return s.in().s32(s.header() + 40);
    }

    @Override
    Queue recvQ(DiagSocket s) {
        return Queue.NONE;
    }

    @Override
    Queue sendQ(DiagSocket s) {
        return Queue.NONE;
    }

    @Override
    String local(DiagSocket s) {
        return address(s, 8, 4);
    }

    @Override
    String peer(DiagSocket s) {
        return address(s, 24, 6);
    }

    /** diag_family is that of the TCP socket below, when there is one. */
    private static String address(DiagSocket s, int addressAt, int portAt) {
        StringBuilder out = new StringBuilder();
        int at = s.header() + addressAt;
        if (s.in().u8(s.header()) == Family.AF_INET6) {
            out.append('[');
            InetAddressText.ipv6(s.in(), at, out);
            out.append(']');
        } else {
            InetAddressText.ipv4(s.in(), at, out);
        }
        InetAddressText.port(s.in().be16(s.header() + portAt), out);
        return out.toString();
    }
}
