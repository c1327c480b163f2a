package dev.sockreel.campaign.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Appends the little-endian numbers, texts and bytes of captures/FORMAT.md. */
final class Wire {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Wire u8(int value) {
        out.write(value);
        return this;
    }

    Wire u16(int value) {
        return u8(value).u8(value >>> 8);
    }

    Wire i32(int value) {
        return u16(value).u16(value >>> 16);
    }

    Wire i64(long value) {
        return i32((int) value).i32((int) (value >>> 32));
    }

    /** Appends a time: CLOCK_REALTIME, CLOCK_MONOTONIC. */
    Wire time(long realtimeNs, long monotonicNs) {
        return i64(realtimeNs).i64(monotonicNs);
    }

    Wire raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Appends bytes after their length. */
    Wire sized(byte[] bytes) {
        return i32(bytes.length).raw(bytes);
    }

    Wire text(String text) {
        return sized(text.getBytes(UTF_8));
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
