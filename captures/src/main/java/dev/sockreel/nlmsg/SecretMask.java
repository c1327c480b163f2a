package dev.sockreel.nlmsg;

import io.netty.buffer.ByteBuf;
import java.nio.ByteOrder;

/**
 * Zeroes the secrets that {@link RecordLayout} lists, in place, before anything is stored. The rest of a secret in a
 * cut message is zeroed, too. Not thread-safe.
 */
public final class SecretMask {
    private final WireReader in;
    private final WireReader message;
    private final NlmsgWalk messages;
    private final NlattrWalk attributes;

    public SecretMask(ByteBuf any) {
        in = new WireReader(any, 0, ByteOrder.nativeOrder());
        message = new WireReader(any, 0, ByteOrder.nativeOrder());
        messages = new NlmsgWalk(in, 0);
        attributes = new NlattrWalk(message, 0, 0);
    }

    /**
     * Masks the datagram in bytes 0 to {@code length} of {@code buf}.
     *
     * @return number of secret bytes zeroed that were not zero before
     */
    public int mask(ByteBuf buf, int length, ByteOrder order) {
        in.wrap(buf, length, order);
        message.wrap(buf, length, order);
        messages.restart(0);
        int masked = 0;
        while (messages.next()) {
            masked += maskMessage(messages.offset(), messages.end());
        }
        if (messages.stop() == NlmsgWalk.Stop.LENGTH_PAST_END) {
            masked += maskMessage(messages.offset(), length);
        }
        return masked;
    }

    private int maskMessage(int offset, int end) {
        int payload = offset + Nlmsghdr.BYTES;
        if (payload >= end) {
            return 0;
        }
        RecordLayout layout = RecordLayout.of(in.u16(offset + 4), in.u8(payload));
        if (layout == null || layout.secrets().isEmpty()) {
            return 0;
        }
        attributes.restart(payload + layout.headerBytes(), end);
        int masked = 0;
        while (attributes.next()) {
            int type = attributes.type();
            for (int i = 0; i < layout.secrets().size(); i++) {
                RecordLayout.Secret secret = layout.secrets().get(i);
                if (secret.attribute() == type) {
                    masked += zero(secret, attributes.value(), attributes.value() + attributes.valueBytes());
                }
            }
        }
        return attributes.broken() ? masked + maskCut(layout, attributes.offset(), end) : masked;
    }

    /** Masks a secret attribute whose end is cut off: its type is readable, its length cannot be trusted. */
    private int maskCut(RecordLayout layout, int offset, int end) {
        if (offset + NlattrWalk.HEADER_BYTES > end) {
            return 0;
        }
        int type = in.u16(offset + 2) & NlattrWalk.TYPE_MASK;
        int masked = 0;
        for (RecordLayout.Secret secret : layout.secrets()) {
            if (secret.attribute() == type) {
                masked += zero(secret, offset + NlattrWalk.HEADER_BYTES, end);
            }
        }
        return masked;
    }

    private int zero(RecordLayout.Secret secret, int from, int to) {
        int masked = 0;
        for (int element = from; element < to; element += secret.structBytes()) {
            int end = Math.min(to, element + secret.secretAt() + secret.secretBytes());
            for (int at = element + secret.secretAt(); at < end; at++) {
                if (in.u8(at) != 0) {
                    in.buf().setByte(at, 0);
                    masked++;
                }
            }
        }
        return masked;
    }
}
