package dev.sockreel.dump;

import dev.sockreel.nlmsg.NlattrWalk;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.wording.PrintableName;

/** The text that the kernel may add to an error (uapi/linux/netlink.h, NLMSGERR_ATTR_MSG). */
final class ExtendedAck {
    private static final int NLMSGERR_ATTR_MSG = 1;

    /** Returns the text, or an empty string when there is none. */
    static String message(WireReader in, int from, int to) {
        if (from < 0 || from > to) {
            return "";
        }
        NlattrWalk attributes = new NlattrWalk(in, from, to);
        while (attributes.next()) {
            if (attributes.type() == NLMSGERR_ATTR_MSG && attributes.valueBytes() > 0) {
                int length = attributes.valueBytes();
                if (in.u8(attributes.value() + length - 1) == 0) {
                    length--; // NUL-terminated
                }
                return PrintableName.of(in.bytes(attributes.value(), length));
            }
        }
        return "";
    }

    private ExtendedAck() {}
}
