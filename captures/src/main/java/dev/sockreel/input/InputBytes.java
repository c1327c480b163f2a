package dev.sockreel.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The bytes of an input, readable at any place and in several passes. */
public final class InputBytes implements AutoCloseable {
    private final FileChannel channel;
    private final boolean shared;
    private final long givenBytes;
    private final @Nullable String packing;
    private final @Nullable String incomplete;

    private InputBytes(
            FileChannel channel, boolean shared, long givenBytes, @Nullable String packing,
            @Nullable String incomplete) {
        this.channel = channel;
        this.shared = shared;
        this.givenBytes = givenBytes;
        this.packing = packing;
        this.incomplete = incomplete;
    }

    static InputBytes ofFile(Path path) throws IOException {
        return new InputBytes(FileChannel.open(path, StandardOpenOption.READ), false, -1, null, null);
    }

    /**
     * Describes a stored copy of an input, which others read as well: closing this one does not close it.
     *
     * @param givenBytes number of bytes of the input itself
     * @param packing    how it was compressed; null for not
     * @param incomplete why the copy does not hold all of the input, one clause; null when it does
     */
    public static InputBytes stored(
            FileChannel copy, long givenBytes, @Nullable String packing, @Nullable String incomplete) {
        return new InputBytes(copy, true, givenBytes, packing, incomplete);
    }

    /** Returns the same bytes, which are compressed but not unpacked. */
    public InputBytes stillPacked(String by) {
        return new InputBytes(channel, shared, givenBytes, by, incomplete);
    }

    public long size() throws IOException {
        return channel.size();
    }

    /** Returns the size of what was given, bytes: that of the compressed file where it was one. */
    public long givenBytes() throws IOException {
        return givenBytes < 0 ? size() : givenBytes;
    }

    /** Returns how it is or was compressed; null for not. */
    public @Nullable String packing() {
        return packing;
    }

    /** Returns why these are not all bytes of the input, one clause; null when they are. */
    public @Nullable String incomplete() {
        return incomplete;
    }

    /** Reads some bytes at an offset; returns their number, -1 at the end. */
    public int read(ByteBuffer into, long at) throws IOException {
        return channel.read(into, at);
    }

    /** Returns a stream from the first byte on. Closing it closes these bytes. */
    public InputStream stream() {
        return new InputStream() {
            private long at;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                if (len == 0) {
                    return 0;
                }
                int got = InputBytes.this.read(ByteBuffer.wrap(b, off, len), at);
                at += Math.max(0, got);
                return got;
            }

            @Override
            public void close() throws IOException {
                InputBytes.this.close();
            }
        };
    }

    @Override
    public void close() throws IOException {
        if (!shared) {
            channel.close();
        }
    }
}
