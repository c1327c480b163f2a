package dev.sockreel.pcap;

import java.io.IOException;
import java.io.InputStream;

/** A stream that counts the bytes read. */
final class PacketInput implements AutoCloseable {
    private final InputStream in;
    private long offset;

    PacketInput(InputStream in) {
        this.in = in;
    }

    /** Returns the number of bytes read so far. */
    long offset() {
        return offset;
    }

    /** Returns the number of bytes read or skipped: fewer than {@code length} only at the end of the stream. */
    int read(byte[] into, int from, int length) throws IOException {
        int got = in.readNBytes(into, from, length);
        offset += got;
        return got;
    }

    /** Returns the number of bytes read or skipped: fewer than {@code length} only at the end of the stream. */
    long skip(long length) throws IOException {
        byte[] away = new byte[(int) Math.min(length, 8192)];
        long left = length;
        while (left > 0) {
            int got = in.read(away, 0, (int) Math.min(left, away.length));
            if (got < 0) {
                break;
            }
            left -= got;
        }
        offset += length - left;
        return length - left;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
