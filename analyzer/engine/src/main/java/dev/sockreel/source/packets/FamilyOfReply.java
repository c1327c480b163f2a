package dev.sockreel.source.packets;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.Nlmsghdr;

/** The family of a dump whose request was not seen, as far as a reply shows it: not the protocol of IPv4 and IPv6. */
final class FamilyOfReply {
    /** Returns the dump's id, or {@code inet} or {@code unknown} where no decoder can be chosen. */
    static String of(int nlmsgType, int firstByte) {
        if (nlmsgType == Nlmsghdr.TCPDIAG_GETSOCK) {
            return "tcp";
        }
        if (nlmsgType != Nlmsghdr.SOCK_DIAG_BY_FAMILY) {
            return "unknown";
        }
        if (Family.isInet(firstByte)) {
            return "inet";
        }
        Family family = Family.of(firstByte, 0);
        return family != null && family.layout().namesFamily() ? family.id() : "unknown";
    }

    private FamilyOfReply() {}
}
