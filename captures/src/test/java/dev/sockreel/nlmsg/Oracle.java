package dev.sockreel.nlmsg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A second implementation of the walks: recursive, over ByteBuffers cut to size, after the macros of
 * uapi/linux/netlink.h (NLMSG_OK, NLMSG_NEXT) and the kernel's nla_ok.
 */
final class Oracle {
    /** Returns "offset+length type" for each whole message, then the reason of the end. */
    static List<String> messages(byte[] bytes, int length, ByteOrder order) {
        List<String> out = new ArrayList<>();
        messages(ByteBuffer.wrap(bytes, 0, length).order(order), out);
        return out;
    }

    private static void messages(ByteBuffer in, List<String> out) {
        if (!in.hasRemaining()) {
            out.add("END");
        } else if (in.remaining() < 16) {
            out.add("REMNANT");
        } else {
            int at = in.position();
            String stated = Integer.toUnsignedString(in.getInt(at));
            if (new java.math.BigInteger(stated).compareTo(java.math.BigInteger.valueOf(16)) < 0) {
                out.add("LENGTH_TOO_SHORT");
            } else if (new java.math.BigInteger(stated).compareTo(java.math.BigInteger.valueOf(in.remaining())) > 0) {
                out.add("LENGTH_PAST_END");
            } else {
                int length = in.getInt(at);
                out.add(at + "+" + length + " " + (in.getShort(at + 4) & 0xffff) + "/" + (in.getShort(at + 6) & 0xffff)
                        + "/" + Integer.toUnsignedString(in.getInt(at + 8)) + "/"
                        + Integer.toUnsignedString(in.getInt(at + 12)));
                int padded = length % 4 == 0 ? length : length + 4 - length % 4;
                in.position(at + Math.min(padded, in.remaining()));
                messages(in, out);
            }
        }
    }

    /** Returns "offset+length type" for each whole attribute, then "end" or "broken". */
    static List<String> attributes(byte[] bytes, int from, int to, ByteOrder order) {
        List<String> out = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes).order(order);
        int at = from;
        for (int left = to - from; left > 0; left = to - at) {
            int length = left >= 4 ? in.getShort(at) & 0xffff : 0;
            if (left < 4 || length < 4 || length > left) {
                out.add("broken");
                return out;
            }
            // Without NLA_F_NESTED (0x8000) and NLA_F_NET_BYTEORDER (0x4000).
            int type = (in.getShort(at + 2) & 0xffff) % 0x4000;
            out.add(at + "+" + length + " " + type);
            at += (length + 3) / 4 * 4;
        }
        out.add("end");
        return out;
    }

    private Oracle() {}
}
