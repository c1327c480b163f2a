package dev.sockreel.nlmsg;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Zeroes secrets in place, before anything is stored: TCP-MD5 keys and the values of BPF storages in messages that can
 * be read, and in a dump that may hold some, everything that cannot be read, because a key may stand in it without its
 * header. Messages that follow such bytes are found again and kept. In the dumps of other families, and in attributes
 * that are not known, {@link KeySearch} decides. Not thread-safe.
 */
public final class SecretMask {
    /** No message of a dump is longer: the kernel fills at most 32 KiB at once. */
    private static final int MAX_FOUND_BYTES = 32 * 1024;
    /** struct nlmsgerr begins with the errno; so does the payload of NLMSG_DONE. */
    private static final int ERRNO_BYTES = 4;
    /** DCCPDIAG_GETSOCK: inet_diag_msg too. */
    private static final int DCCPDIAG_GETSOCK = 19;
    /** Flags above are unknown to netlink. */
    private static final int MAX_FLAGS = 0x7ff;

    private final WireReader in;
    private final NlattrWalk attributes;
    private final NlattrWalk nested;
    private final BpfStorages storages;
    private final KeySearch keys;
    private final RequestSearch requests;
    private boolean mayHoldKeys;
    private int masked;
    private int unreadable;
    private int ofStorages;
    /** Offset of the message whose sequence and port id the others of the datagram have; -1 while none was read. */
    private int ours;

    public SecretMask(ByteBuf any) {
        in = new WireReader(any, 0, ByteOrder.nativeOrder());
        attributes = new NlattrWalk(in, 0, 0);
        nested = new NlattrWalk(in, 0, 0);
        storages = new BpfStorages(in);
        keys = new KeySearch(in);
        requests = new RequestSearch(in, keys);
    }

    /** Masks a datagram of a dump whose family is not known. */
    public int mask(ByteBuf buf, int length, ByteOrder order) {
        return mask(buf, length, order, null);
    }

    /**
     * Masks the datagram in bytes 0 to {@code length} of {@code buf}.
     *
     * @param family of the dump by its request, null for unknown
     * @return number of bytes zeroed that were not zero before
     */
    public int mask(ByteBuf buf, int length, ByteOrder order, @Nullable Family family) {
        begin(buf, length, order);
        mayHoldKeys = mayHoldKeys(family) || isInetFirst(family, length);
        for (int at = 0; at < length;) {
            at = message(at, length);
        }
        in.wrap(Unpooled.EMPTY_BUFFER, 0, order);
        return masked;
    }

    /**
     * Masks a request, which holds no secret if it is one: what a broken length or flag makes look like one may.
     *
     * @return number of bytes zeroed that were not zero before
     */
    public int maskRequest(byte[] request, ByteOrder order) {
        ByteBuf buf = Unpooled.wrappedBuffer(request);
        begin(buf, request.length, order);
        int readable = requests.readableTo(0, request.length);
        unreadable += zero(readable, request.length);
        in.wrap(Unpooled.EMPTY_BUFFER, 0, order);
        return masked;
    }

    /** Returns what the last call zeroed. */
    public MaskedBytes last() {
        return new MaskedBytes(masked - ofStorages - unreadable, ofStorages, unreadable);
    }

    /** Returns whether replies of this family hold secrets; so may those of an unknown one, null. */
    public static boolean mayHoldKeys(@Nullable Family family) {
        return family == null || !family.layout().secrets().isEmpty();
    }

    private void begin(ByteBuf buf, int length, ByteOrder order) {
        in.wrap(buf, length, order);
        masked = 0;
        unreadable = 0;
        ofStorages = 0;
        ours = -1;
    }

    /** Returns whether the first reply is one of inet although the dump is said to be of a family that shows itself. */
    private boolean isInetFirst(@Nullable Family family, int length) {
        return family != null && family.layout().namesFamily() && length > Nlmsghdr.BYTES
                && isReply(in.u16(4)) && Family.isInet(in.u8(Nlmsghdr.BYTES));
    }

    /** Masks the message that begins here; returns where to go on. */
    private int message(int at, int end) {
        int next = end;
        int readable = at;
        if (end - at >= Nlmsghdr.BYTES) {
            long stated = in.u32(at);
            boolean whole = stated >= Nlmsghdr.BYTES && stated <= end - at;
            int to = whole ? at + (int) stated : end;
            next = whole ? Math.min(end, at + Nlmsghdr.align((int) stated)) : end;
            readable = readableTo(at, to, whole);
            if (readable == to) {
                return next;
            }
        }
        if (mayHoldKeys) {
            return zeroUnreadable(readable, next, end);
        }
        unreadable += search(readable, readable, next);
        return next;
    }

    private int readableTo(int at, int to, boolean whole) {
        int type = in.u16(at + 4);
        if (isReply(type)) {
            return reply(at, to, whole);
        }
        return switch (type) {
            case Nlmsghdr.NLMSG_DONE -> whole ? done(at, to) : header(at);
            case Nlmsghdr.NLMSG_ERROR -> whole ? error(at, to) : header(at);
            default -> whole && to - at == Nlmsghdr.BYTES ? to : header(at);
        };
    }

    private static boolean isReply(int type) {
        return type == Nlmsghdr.SOCK_DIAG_BY_FAMILY || type == Nlmsghdr.TCPDIAG_GETSOCK || type == DCCPDIAG_GETSOCK;
    }

    private static boolean isKnown(int type) {
        return isReply(type) || (type >= Nlmsghdr.NLMSG_NOOP && type <= Nlmsghdr.NLMSG_OVERRUN);
    }

    /** Returns the end of the header if it is one of this datagram's messages, else its begin. */
    private int header(int at) {
        if (in.u16(at + 6) > MAX_FLAGS) {
            return at;
        }
        if (ours < 0 && at == 0 && isKnown(in.u16(at + 4))) {
            ours = at;
        }
        boolean isOurs = ours >= 0 && in.u64(ours + 8) == in.u64(at + 8);
        return isOurs ? at + Nlmsghdr.BYTES : at;
    }

    private int reply(int at, int to, boolean whole) {
        int header = header(at);
        int payload = at + Nlmsghdr.BYTES;
        if (payload >= to) {
            return header;
        }
        RecordLayout layout = Family.layoutNamedBy(in.u8(payload));
        if (layout == null) {
            return header;
        }
        int from = Math.min(to, payload + layout.headerBytes());
        if (!layout.secrets().isEmpty()) {
            return inet(at, header > at ? from : at, from, to, whole);
        }
        if (!mayHoldKeys) {
            return whole ? to : header;
        }
        return isWhole(from, to) && keys.find(from, to) < 0 ? to : header > at ? from : at;
    }

    private boolean isWhole(int from, int to) {
        attributes.restart(from, to);
        while (attributes.next()) {}
        return !attributes.broken();
    }

    /**
     * Masks the attributes of a socket of inet.
     *
     * @param fixed to where the message can be read without them
     */
    private int inet(int at, int fixed, int from, int to, boolean whole) {
        attributes.restart(from, to);
        int plainTo = from;
        boolean plain = true;
        boolean possible = true;
        while (possible && attributes.next()) {
            int type = attributes.type();
            boolean secret = type == KeySearch.INET_DIAG_MD5SIG;
            possible = secret ? KeySearch.isSize(attributes.valueBytes()) : InetAttribute.isPossible(type);
            plain &= possible && (secret || InetAttribute.isPlain(type, attributes.valueBytes()));
            plainTo = plain ? attributes.end() : plainTo;
        }
        if (possible && !attributes.broken()) {
            if (ours < 0) {
                ours = at;
            }
            maskValues(from, to);
            return to;
        }
        if (fixed < from || from >= to) {
            return fixed;
        }
        int broken = attributes.offset();
        int readable = plainTo < broken ? plainTo : brokenTo(broken, to, whole);
        return maskPlain(from, readable, to);
    }

    /** Returns to where a broken attribute, before which all is plain, can be read: its end may be cut off. */
    private int brokenTo(int at, int to, boolean whole) {
        if (to - at < NlattrWalk.HEADER_BYTES) {
            return whole ? at : to;
        }
        int type = in.u16(at + 2) & NlattrWalk.TYPE_MASK;
        int valueBytes = in.u16(at) - NlattrWalk.HEADER_BYTES;
        int value = at + NlattrWalk.HEADER_BYTES;
        boolean isCut = !whole && valueBytes > to - value;
        if (type == KeySearch.INET_DIAG_MD5SIG) {
            if (isCut && KeySearch.isSize(valueBytes)) {
                zeroKeys(value, to);
                return to;
            }
            return value;
        }
        return isCut && InetAttribute.isPlain(type, valueBytes) ? to : at;
    }

    /** Masks whole attributes. */
    private void maskValues(int from, int to) {
        attributes.restart(from, to);
        while (attributes.next()) {
            int type = attributes.type();
            int value = attributes.value();
            int end = value + attributes.valueBytes();
            if (type == KeySearch.INET_DIAG_MD5SIG) {
                zeroKeys(value, end);
            } else if (type == BpfStorages.INET_DIAG_SK_BPF_STORAGES) {
                storages.forEach(value, end, (valueFrom, valueTo) -> ofStorages += zero(valueFrom, valueTo));
            } else if (!InetAttribute.isPlain(type, attributes.valueBytes())) {
                boolean isArray = KeySearch.isSize(attributes.valueBytes()) && !isNested(value, end)
                        && keys.isArray(value, end, type == InetAttribute.INET_DIAG_INFO);
                unreadable += isArray ? zero(value, end) : search(attributes.offset(), value, end);
            }
        }
    }

    /** Returns whether a value consists of attributes, as those of INET_DIAG_ULP_INFO do. */
    private boolean isNested(int from, int to) {
        nested.restart(from, to);
        while (nested.next()) {
            if (!InetAttribute.isPossible(nested.type())) {
                return false;
            }
        }
        return !nested.broken();
    }

    /** Masks the attributes before a broken place; returns to where they hold no key. */
    private int maskPlain(int from, int readable, int to) {
        attributes.restart(from, readable);
        while (attributes.next()) {
            int end = attributes.value() + attributes.valueBytes();
            if (attributes.type() == KeySearch.INET_DIAG_MD5SIG) {
                zeroKeys(attributes.value(), end);
            } else {
                // one whose length is damaged may reach into the next, so the search ends behind it
                int found = keys.find(attributes.value(), Math.min(to, end + KeySearch.STRUCT_BYTES));
                if (found >= 0 && found <= end) {
                    return Math.min(found, readable);
                }
            }
        }
        return readable;
    }

    private int done(int at, int to) {
        int end = Math.min(to, at + Nlmsghdr.BYTES + ERRNO_BYTES);
        return end == to || areNotes(end, to) ? to : header(at) == at ? at : end;
    }

    private int error(int at, int to) {
        int echo = at + Nlmsghdr.BYTES + ERRNO_BYTES;
        if (echo + Nlmsghdr.BYTES >= to) {
            return to;
        }
        boolean capped = (in.u16(at + 6) & Nlmsghdr.NLM_F_CAPPED) != 0;
        long stated = capped ? Nlmsghdr.BYTES : in.u32(echo);
        if (stated < Nlmsghdr.BYTES || stated > to - echo) {
            return header(at) == at ? at : requests.readableTo(echo, to);
        }
        int end = echo + (int) stated;
        int readable = requests.readableTo(echo, end);
        if (readable < end) {
            return header(at) == at ? at : readable;
        }
        int notes = Math.min(to, echo + Nlmsghdr.align((int) stated));
        return areNotes(notes, to) ? to : header(at) == at ? at : end;
    }

    /** Returns whether attributes of {@code enum nlmsgerr_attrs} stand here, and no key in them. */
    private boolean areNotes(int from, int to) {
        attributes.restart(from, to);
        while (attributes.next()) {
            if (attributes.type() == 0 || attributes.type() > RequestSearch.MAX_TYPE) {
                return false;
            }
        }
        return !attributes.broken() && keys.find(from, to) < 0;
    }

    /**
     * Zeroes what cannot be read, up to a message that can.
     *
     * @param next where the message that cannot be read ends by its own length
     * @return where to go on
     */
    private int zeroUnreadable(int from, int next, int end) {
        int at = Nlmsghdr.align(from);
        while (at < end && at != next && !isFound(at, end)) {
            at += Nlmsghdr.align(1);
        }
        int to = Math.min(at, end);
        unreadable += zero(from, to);
        return to;
    }

    /** Returns whether a reply of inet that can be read to its end stands here. */
    private boolean isFound(int at, int end) {
        if (end - at < Nlmsghdr.BYTES || in.u32(at) < Nlmsghdr.BYTES + Family.INET_DIAG_MSG.headerBytes()
                || in.u32(at) > Math.min(MAX_FOUND_BYTES, end - at) || !isReply(in.u16(at + 4))
                || !Family.isInet(in.u8(at + Nlmsghdr.BYTES)) || in.u16(at + 6) > MAX_FLAGS
                || (ours >= 0 && in.u64(at + 8) != in.u64(ours + 8))) {
            return false;
        }
        int to = at + (int) in.u32(at);
        attributes.restart(at + Nlmsghdr.BYTES + Family.INET_DIAG_MSG.headerBytes(), to);
        boolean plain = true;
        while (plain && attributes.next()) {
            plain = attributes.type() == KeySearch.INET_DIAG_MD5SIG
                    ? KeySearch.isSize(attributes.valueBytes())
                    : InetAttribute.isPlain(attributes.type(), attributes.valueBytes());
        }
        return plain && !attributes.broken();
    }

    /** Zeroes what follows a struct with a key in bytes that are kept otherwise, from an offset on. */
    private int search(int begin, int from, int to) {
        int found = keys.find(begin, to);
        return found < 0 ? 0 : zero(Math.max(from, found), to);
    }

    private void zeroKeys(int from, int to) {
        for (int struct = from; struct < to; struct += KeySearch.STRUCT_BYTES) {
            int key = struct + KeySearch.KEY_AT;
            zero(Math.min(key, to), Math.min(to, key + KeySearch.MAX_KEY_BYTES));
        }
    }

    private int zero(int from, int to) {
        int zeroed = 0;
        for (int at = from; at < to; at++) {
            if (in.u8(at) != 0) {
                in.buf().setByte(at, 0);
                zeroed++;
            }
        }
        masked += zeroed;
        return zeroed;
    }
}
