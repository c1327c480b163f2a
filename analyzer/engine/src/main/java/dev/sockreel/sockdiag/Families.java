package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.Nlmsghdr;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All decoders. A new one is a class and a line here; what else is to be known of it is a row of {@link Family}. */
final class Families {
    /** The decoders of all families but inet. */
    private static final List<SocketFamily> OTHERS = List.of(
            UnixFamily.INSTANCE,
            PacketFamily.INSTANCE,
            NetlinkFamily.INSTANCE,
            VsockFamily.INSTANCE,
            XdpFamily.INSTANCE,
            TipcFamily.INSTANCE,
            SmcFamily.INSTANCE);

    private static final @Nullable SocketFamily[] BY_AF = new SocketFamily[256];

    static {
        OTHERS.forEach(f -> BY_AF[f.af] = f);
    }

    static List<SocketFamily> all() {
        return Stream.concat(InetFamily.ALL.stream(), OTHERS.stream()).toList();
    }

    /** Returns the decoder of a request's replies, or null when nothing is known of such replies. */
    static @Nullable SocketFamily of(DumpRequest request) {
        return request.isInet() ? InetFamily.of(request.protocol()) : BY_AF[request.family()];
    }

    /**
     * Returns whether a message of this type, whose payload begins with this byte, is a socket of the request's
     * family.
     */
    static boolean matches(DumpRequest request, int nlmsgType, int firstByte) {
        if (request.isInet()) {
            // an imported dump may answer with the old type whatever its name says
            return Family.isInet(firstByte) && (nlmsgType == Nlmsghdr.SOCK_DIAG_BY_FAMILY
                    || nlmsgType == Nlmsghdr.TCPDIAG_GETSOCK || nlmsgType == DumpRequest.DCCPDIAG_GETSOCK);
        }
        SocketFamily family = of(request);
        return nlmsgType == Nlmsghdr.SOCK_DIAG_BY_FAMILY
                && (family == null ? firstByte == request.family() : family.canBeginWith(firstByte));
    }

    private Families() {}
}
