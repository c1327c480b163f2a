package dev.sockreel.sockdiag;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.nlmsg.Nlmsghdr;

/** The ids of {@link Family} for requests, and requests for ids. */
final class FamilyId {
    /** The old request, TCPDIAG_GETSOCK, lists tcp4 and tcp6 in one dump. */
    private static final String OLD_TCP = "tcp";

    /** Returns the id of what is asked for; one that the table does not list is named by its numbers. */
    static String of(DumpRequest request) {
        if (request.nlmsgType() == Nlmsghdr.TCPDIAG_GETSOCK) {
            return OLD_TCP;
        }
        if (request.isInet()) {
            boolean six = request.family() == Family.AF_INET6;
            Family family = Family.of(six ? Family.AF_INET6 : Family.AF_INET, request.protocol());
            return family != null ? family.id() : "protocol-" + request.protocol() + "-" + (six ? "6" : "4");
        }
        for (Family family : Family.all()) {
            if (family.af() == request.family() && family.isPart() && asksForPart(request, family)) {
                return family.id();
            }
        }
        Family family = Family.of(request.family(), 0);
        return family != null ? family.id() : "family-" + request.family();
    }

    private static boolean asksForPart(DumpRequest request, Family part) {
        return request.states() == part.request().states() && request.asksFor(part.ownShow());
    }

    /** Returns a request with this id of which nothing more is known. */
    static DumpRequest parse(String id) {
        if (id.equals(OLD_TCP)) {
            return unknown(
                    Nlmsghdr.TCPDIAG_GETSOCK, Family.AF_INET, InetProtocol.IPPROTO_TCP, DumpRequest.ALL_STATES, 0);
        }
        Family family = Family.of(id);
        if (family == null) {
            // AF_UNSPEC: no family decodes its replies
            return unknown(Nlmsghdr.SOCK_DIAG_BY_FAMILY, 0, 0, DumpRequest.ALL_STATES, 0);
        }
        long states = family.isPart() ? family.request().states() : DumpRequest.ALL_STATES;
        return unknown(
                Nlmsghdr.SOCK_DIAG_BY_FAMILY, family.af(), family.protocol(), states, family.ownShow());
    }

    private static DumpRequest unknown(int type, int family, int protocol, long states, long show) {
        return new DumpRequest(type, family, protocol, states, show, false, true, true, 0);
    }

    private FamilyId() {}
}
