package dev.sockreel.series;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.RecordLayout;

/** Where the messages of a series have their cookies. */
public final class Cookies {
    /** The offset of the cookies of messages that have none in their fixed header. */
    public static final int NONE = -1;

    private static final int COOKIE_BYTES = 8;
    private static final int TYPE_AT = 4;

    private final int at;

    Cookies(int at) {
        this.at = at;
    }

    /**
     * Returns the offset of the cookie from a message's begin, {@link #NONE} for none.
     *
     * @param family id of the dump: tcp4, unix, …
     */
    public static int offset(String family) {
        Family known = Family.ofIdOrKind(family);
        return known == null ? NONE : offset(known.layout());
    }

    /**
     * Returns the offset of the cookie from a message's begin, {@link #NONE} where the reply is of no listed family.
     *
     * @param firstByte first byte of a reply's payload, 0 to 255
     */
    public static int offset(int nlmsgType, int firstByte) {
        RecordLayout layout = RecordLayout.of(nlmsgType, firstByte);
        return layout == null ? NONE : offset(layout);
    }

    private static int offset(RecordLayout layout) {
        return layout.cookieAt() == RecordLayout.NONE ? NONE : Nlmsghdr.BYTES + layout.cookieAt();
    }

    /** Returns what messages of one length are told apart by: the cookie, or else type and flags. */
    long key(byte[] from, int message, int bytes) {
        return at >= 0 && at <= bytes - COOKIE_BYTES
                ? HostWords.eight(from, message + at)
                : HostWords.eight(from, message) >>> TYPE_AT * 8;
    }
}
