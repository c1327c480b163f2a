package dev.sockreel.source;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Walks netlink messages with the tests' own loop. */
public final class Walker {
    /** One message, without its padding. */
    public static final class Message {
        private final int type;
        private final byte[] bytes;

        Message(int type, byte[] bytes) {
            this.type = type;
            this.bytes = bytes;
        }

        /** The message's nlmsg_type. */
        public int type() {
            return type;
        }

        /** The first byte of the payload: a socket's family. */
        public int family() {
            return bytes[16];
        }

        /** The bytes, nlmsghdr included. */
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    private Walker() {}

    /** Returns all messages; AssertionError where the bytes are none. */
    public static List<Message> walk(byte[] bytes, ByteOrder order) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(order);
        List<Message> messages = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int length = at + 16 <= bytes.length ? in.getInt(at) : -1;
            if (length < 16 || length > bytes.length - at) {
                throw new AssertionError("no message at byte " + at + " of " + bytes.length);
            }
            byte[] message = new byte[length];
            in.get(at, message);
            messages.add(new Message(in.getShort(at + 4), message));
            at += (length + 3) & ~3;
        }
        return messages;
    }

    /** Counts the sockets of one family in a dump. */
    public static long sockets(byte[] bytes, ByteOrder order, int family) {
        return walk(bytes, order).stream().filter(m -> m.type() == 20 && m.family() == family).count();
    }
}
