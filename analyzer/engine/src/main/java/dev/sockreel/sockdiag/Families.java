package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.Nlmsghdr;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All families that can be decoded. A new family is a class and a row here. */
final class Families {
    /** The families by AF_*, except inet. */
    private static final Map<Integer, SocketFamily> OTHERS = Map.of(
            Family.AF_UNIX, UnixFamily.INSTANCE,
            Family.AF_PACKET, PacketFamily.INSTANCE,
            Family.AF_NETLINK, NetlinkFamily.INSTANCE,
            Family.AF_VSOCK, VsockFamily.INSTANCE,
            Family.AF_XDP, XdpFamily.INSTANCE,
            Family.AF_TIPC, TipcFamily.INSTANCE,
            Family.AF_SMC, SmcFamily.INSTANCE);

    static List<SocketFamily> all() {
        return Stream.concat(InetFamily.ALL.stream(), OTHERS.values().stream()).toList();
    }

    /** Returns the family of a request's replies; null when it is not known. */
    static @Nullable SocketFamily of(DumpRequest request) {
        return request.isInet() ? InetFamily.of(request.protocol()) : OTHERS.get(request.family());
    }

    /**
     * Returns whether a message of this type, whose payload begins with this byte, is a socket of the request's family.
     */
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
