package dev.sockreel.capture.zstd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** XXH64 with seed 0, whose low half is the checksum that a frame may end with (xxHash specification 0.1.1). */
final class XxHash64 {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    /** Their sum, whose overflow is dropped. */
    private static final long PRIME_1_AND_2 = 0x60EA27EEADC0B5D6L;
    private static final int STRIPE_BYTES = 32;

    private final long[] lanes = {PRIME_1_AND_2, PRIME_2, 0, -PRIME_1};
    private final ByteBuffer stripe = ByteBuffer.allocate(STRIPE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long total;

    void update(byte[] in, int begin, int end) {
        total += end - begin;
        int at = begin;
        if (stripe.position() > 0) {
            int n = Math.min(stripe.remaining(), end - at);
            stripe.put(in, at, n);
            at += n;
            if (stripe.hasRemaining()) {
                return;
            }
            stripes(stripe.clear(), 0, STRIPE_BYTES);
        }
        int rest = (end - at) % STRIPE_BYTES;
        stripes(ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN), at, end - rest);
        stripe.put(in, end - rest, rest);
    }

    private void stripes(ByteBuffer in, int begin, int end) {
        for (int at = begin; at < end; at += STRIPE_BYTES) {
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = round(lanes[i], in.getLong(at + 8 * i));
            }
        }
    }

    /** Returns the low 32 bits of the hash of all bytes. */
    int low() {
        long hash = total < STRIPE_BYTES ? PRIME_5 : merged();
        hash += total;
        int end = stripe.position();
        int at = 0;
        for (; at + 8 <= end; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, stripe.getLong(at)), 27) * PRIME_1 + PRIME_4;
        }
        if (at + 4 <= end) {
            hash = Long.rotateLeft(hash ^ (stripe.getInt(at) & 0xffffffffL) * PRIME_1, 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < end; at++) {
            hash = Long.rotateLeft(hash ^ (stripe.get(at) & 0xff) * PRIME_5, 11) * PRIME_1;
        }
        hash = (hash ^ hash >>> 33) * PRIME_2;
        hash = (hash ^ hash >>> 29) * PRIME_3;
        return (int) (hash ^ hash >>> 32);
    }

    private long merged() {
        long hash = Long.rotateLeft(lanes[0], 1) + Long.rotateLeft(lanes[1], 7) + Long.rotateLeft(lanes[2], 12)
                + Long.rotateLeft(lanes[3], 18);
        for (long lane : lanes) {
            hash = (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
        }
        return hash;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }
}
