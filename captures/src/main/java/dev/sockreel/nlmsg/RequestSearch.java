package dev.sockreel.nlmsg;

/** Finds out to where the bytes of a request can be read as one, so that they hold nothing else. */
final class RequestSearch {
    /** More than the attributes of requests and of NLMSG_ERROR, which are 3 and 6 so far. */
    static final int MAX_TYPE = 15;
    /** Requests have the types of replies, SOCK_DESTROY is 21. */
    private static final int SOCK_DESTROY = 21;
    private static final int MAX_FLAGS = 0x7ff;
    /** sizeof(struct inet_diag_req), which TCPDIAG_GETSOCK takes, uapi/linux/inet_diag.h. */
    private static final int INET_DIAG_REQ_BYTES = 60;

    private final WireReader in;
    private final NlattrWalk attributes;
    private final KeySearch keys;

    RequestSearch(WireReader in, KeySearch keys) {
        this.in = in;
        this.keys = keys;
        this.attributes = new NlattrWalk(in, 0, 0);
    }

    /** Returns the end of what can be read of the request; its own end may be cut off. */
    int readableTo(int at, int to) {
        if (to - at < Nlmsghdr.BYTES || in.u16(at + 6) > MAX_FLAGS
                || (in.u16(at + 6) & Nlmsghdr.NLM_F_REQUEST) == 0) {
            return at;
        }
        int type = in.u16(at + 4);
        int payload = at + Nlmsghdr.BYTES;
        if (type < Nlmsghdr.TCPDIAG_GETSOCK || type > SOCK_DESTROY || payload >= to) {
            return payload;
        }
        boolean isOld = type < Nlmsghdr.SOCK_DIAG_BY_FAMILY;
        int fixed = isOld ? INET_DIAG_REQ_BYTES : Family.requestLayout(in.u8(payload)).bytes();
        int from = Math.min(to, payload + fixed);
        int readable = attributesTo(from, to, in.u32(at) > to - at);
        int found = keys.find(at, readable);
        return found < 0 ? readable : found;
    }

    private int attributesTo(int from, int to, boolean isCut) {
        attributes.restart(from, to);
        while (attributes.next()) {
            if (!isAttribute(attributes.type())) {
                return from;
            }
        }
        int at = attributes.offset();
        boolean ends = !attributes.broken()
                || (isCut && (to - at < NlattrWalk.HEADER_BYTES
                        || (in.u16(at) > to - at && isAttribute(in.u16(at + 2) & NlattrWalk.TYPE_MASK))));
        return ends ? to : from;
    }

    private static boolean isAttribute(int type) {
        return type > 0 && type <= MAX_TYPE;
    }
}
