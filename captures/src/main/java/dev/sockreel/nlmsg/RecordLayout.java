package dev.sockreel.nlmsg;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a socket family's messages: length of the fixed header, offsets of cookie and inode, secret attributes.
 * The recorder knows nothing else of families. Offsets are bytes from the payload's begin. Messages of unlisted types
 * are stored verbatim.
 *
 * @param name        name of the struct in the uapi headers
 * @param headerBytes length of the fixed header; attributes follow it
 * @param cookieAt    offset of the 8 bytes of the cookie (two native u32, low word first)
 * @param inodeAt     offset of the inode
 * @param inodeBytes  4 or 8
 * @param secrets     attributes that must not be stored as they are
 */
public record RecordLayout(
        String name, int headerBytes, int cookieAt, int inodeAt, int inodeBytes, List<Secret> secrets) {

    /**
     * An attribute that is an array of structs with a secret in each.
     *
     * @param attribute   nla_type
     * @param structBytes length of one array element
     * @param secretAt    offset of the secret in an element
     * @param secretBytes its length
     */
    public record Secret(int attribute, int structBytes, int secretAt, int secretBytes) {}

    /** uapi/linux/inet_diag.h INET_DIAG_MD5SIG: tcp_diag_md5sig.tcpm_key; root's dumps hold it unasked. */
    private static final Secret INET_DIAG_MD5SIG = new Secret(18, 100, 20, 80);

    private static final RecordLayout INET_DIAG_MSG =
            new RecordLayout("inet_diag_msg", 72, 44, 68, 4, List.of(INET_DIAG_MD5SIG));
    private static final RecordLayout UNIX_DIAG_MSG = new RecordLayout("unix_diag_msg", 16, 8, 4, 4, List.of());
    private static final RecordLayout NETLINK_DIAG_MSG =
            new RecordLayout("netlink_diag_msg", 28, 20, 16, 4, List.of());
    private static final RecordLayout PACKET_DIAG_MSG =
            new RecordLayout("packet_diag_msg", 16, 8, 4, 4, List.of());
    private static final RecordLayout VSOCK_DIAG_MSG =
            new RecordLayout("vsock_diag_msg", 32, 24, 20, 4, List.of());
    private static final RecordLayout SMC_DIAG_MSG = new RecordLayout("smc_diag_msg", 64, 44, 56, 8, List.of());
    private static final RecordLayout XDP_DIAG_MSG = new RecordLayout("xdp_diag_msg", 16, 8, 4, 4, List.of());

    /** Returns the layout of a reply, or null when the pair is not listed. */
    public static @Nullable RecordLayout of(int nlmsgType, int family) {
        if (nlmsgType != Nlmsghdr.SOCK_DIAG_BY_FAMILY && nlmsgType != Nlmsghdr.TCPDIAG_GETSOCK) {
            return null;
        }
        return switch (family) {
            case Family.AF_INET, Family.AF_INET6 -> INET_DIAG_MSG;
            case Family.AF_UNIX -> UNIX_DIAG_MSG;
            case Family.AF_NETLINK -> NETLINK_DIAG_MSG;
            case Family.AF_PACKET -> PACKET_DIAG_MSG;
            case Family.AF_VSOCK -> VSOCK_DIAG_MSG;
            case Family.AF_SMC -> SMC_DIAG_MSG;
            case Family.AF_XDP -> XDP_DIAG_MSG;
            default -> null;
        };
    }
}
