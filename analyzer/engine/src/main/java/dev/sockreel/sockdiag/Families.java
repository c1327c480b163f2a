package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.Nlmsghdr;
import org.jspecify.annotations.Nullable;

/** All families that can be decoded. A new one is a class and a row here. */
final class Families {
    /** @return null when nothing is known of such replies */
    static @Nullable SocketFamily of(DumpRequest request) {
        if (request.isInet()) {
            return InetFamily.of(request.protocol());
        }
        return switch (request.family()) {
            case Family.AF_UNIX -> UnixFamily.INSTANCE;
            case Family.AF_PACKET -> PacketFamily.INSTANCE;
            case Family.AF_NETLINK -> NetlinkFamily.INSTANCE;
            case Family.AF_VSOCK -> VsockFamily.INSTANCE;
            case Family.AF_XDP -> XdpFamily.INSTANCE;
            case Family.AF_TIPC -> TipcFamily.INSTANCE;
            case Family.AF_SMC -> SmcFamily.INSTANCE;
            default -> null;
        };
    }

    /** Whether a message of this type, whose payload begins with this byte, is a socket of the request's family. */
    static boolean matches(DumpRequest request, int nlmsgType, int firstByte) {
        boolean isInetFamily = FamilyId.isInet(firstByte);
        if (request.isInet()) {
            // an imported dump may answer with the old type whatever its name says
            return isInetFamily && (nlmsgType == Nlmsghdr.SOCK_DIAG_BY_FAMILY
                    || nlmsgType == Nlmsghdr.TCPDIAG_GETSOCK || nlmsgType == DumpRequest.DCCPDIAG_GETSOCK);
        }
        if (nlmsgType != Nlmsghdr.SOCK_DIAG_BY_FAMILY) {
            return false;
        }
        return switch (request.family()) {
            // the kernel overwrites diag_family with that of the TCP socket below
            case Family.AF_SMC -> isInetFamily || firstByte == Family.AF_SMC || firstByte == 0;
            // no fixed header: an attribute's length stands there
            case Family.AF_TIPC -> true;
            default -> firstByte == request.family();
        };
    }

    private Families() {}
}
