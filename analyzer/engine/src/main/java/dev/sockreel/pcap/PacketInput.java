package dev.sockreel.pcap;

import java.io.IOException;
import java.io.InputStream;

/** A stream that knows how far it was read. */
final class PacketInput implements AutoCloseable {
    private final InputStream in;
    private long offset;

    PacketInput(InputStream in) {
        this.in = in;
    }

    /** Bytes read so far. */
    long offset() {
        return offset;
    }

    /** Fewer than {@code length} only at the end of the stream. */
    int read(byte[] into, int from, int length) throws IOException {
        int got = in.readNBytes(into, from, length);
        offset += got;
        return got;
    }

    /** Fewer than {@code length} only at the end of the stream. */
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
