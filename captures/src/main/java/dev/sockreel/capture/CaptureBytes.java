package dev.sockreel.capture;

import dev.sockreel.failure.NotACaptureException;
import dev.sockreel.input.InputBytes;
import dev.sockreel.input.Inputs;
import dev.sockreel.wording.Counted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The bytes of a capture file: reads at an offset, and searches for group headers. */
final class CaptureBytes implements AutoCloseable {
    private static final int SEARCH_BYTES = 64 * 1024;

    private final InputBytes file;
    private final Path path;

    private CaptureBytes(InputBytes file, Path path) {
        this.file = file;
        this.path = path;
    }

    /**
     * Opens a file that begins with, or at least contains, a group header of this version. It may be compressed, or a
     * pipe.
     *
     * @throws NotACaptureException when there is no group header in the file
     * @throws IOException          when it cannot be read
     */
    static CaptureBytes ofCapture(Path path) throws IOException {
        if (Inputs.isFolder(path)) {
            throw new NotACaptureException(path + " is a folder, not a capture");
        }
        CaptureBytes bytes = new CaptureBytes(opened(path), path);
        try {
            bytes.requireCapture();
            return bytes;
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    /** A regular file that begins as a capture is opened where it is. */
    private static InputBytes opened(Path path) throws IOException {
        if (Inputs.isRegularFile(path)) {
            InputBytes file = Inputs.current().open(path);
            if (beginsAsCapture(file)) {
                return file;
            }
            file.close();
        }
        return Inputs.current().unpacked(path, head -> findHeader(head) >= 0);
    }

    /** A capture whose first header is broken looks like any frames of zstd. */
    private static boolean beginsAsCapture(InputBytes file) throws IOException {
        ByteBuf magic = Unpooled.buffer(4, 4);
        int got = file.read(magic.nioBuffer(0, 4), 0);
        return got == 4 && (magic.getIntLE(0) == GroupHeader.MAGIC || magic.getIntLE(0) == FileIndex.MAGIC);
    }

    private void requireCapture() throws IOException {
        long size = file.size();
        if (size == 0) {
            throw new NotACaptureException(Inputs.isRegularFile(path)
                    ? path + " is an empty file, not a capture"
                    : path + " is empty: nothing came, so no capture");
        }
        long first = findHeader(0);
        if (first < 0) {
            throw new NotACaptureException(path + " is not a sockreel capture (no group header in its "
                    + (file.incomplete() == null ? "" : "first ") + Counted.of(size, "byte")
                    + (file.packing() == null ? "" : ", nor in what " + file.packing() + " unpacks from them")
                    + "); use `sockreel import` for other formats");
        }
        int version = GroupHeader.version(read(first, GroupHeader.BYTES));
        if (version != GroupHeader.VERSION) {
            throw new NotACaptureException(path + " has format version " + version
                    + "; this sockreel reads version " + GroupHeader.VERSION);
        }
    }

    Path path() {
        return path;
    }

    long size() throws IOException {
        return file.size();
    }

    /** Returns the size of what was given, bytes: compressed, if it was. */
    long givenBytes() throws IOException {
        return file.givenBytes();
    }

    /** Returns why these are not all bytes of what was given, one clause; null when they are. */
    @Nullable
    String incomplete() {
        return file.incomplete();
    }

    /** Reads exactly {@code length} bytes. Callers bound it by the file's size and by what the format allows. */
    ByteBuf read(long at, int length) throws IOException {
        byte[] out = new byte[length];
        ByteBuffer into = ByteBuffer.wrap(out);
        while (into.hasRemaining()) {
            if (file.read(into, at + into.position()) < 0) {
                throw becameShorter();
            }
        }
        return Unpooled.wrappedBuffer(out);
    }

    IOException becameShorter() {
        return new IOException(path + " became shorter while it was being read");
    }

    /** Returns the offset of the next intact group header at or after {@code from}, -1 for none. */
    long findHeader(long from) throws IOException {
        return findHeader(from, file.size());
    }

    /** Returns the offset of the first intact group header between two offsets, -1 for none. */
    long findHeader(long from, long to) throws IOException {
        long at = from;
        int step = GroupHeader.BYTES;
        while (at + GroupHeader.BYTES <= to) {
            ByteBuf window = read(at, (int) Math.min(step, to - at));
            int found = findHeader(window.array());
            if (found >= 0) {
                return at + found;
            }
            // A header may begin in the last 63 bytes of the window.
            at += window.capacity() - GroupHeader.BYTES + 1;
            // Most headers stand exactly at from: read more only when this one does not.
            step = SEARCH_BYTES;
        }
        return -1;
    }

    private static int findHeader(byte[] window) {
        byte first = (byte) GroupHeader.MAGIC;
        for (int i = 0; i + GroupHeader.BYTES <= window.length; i++) {
            if (window[i] == first
                    && GroupHeader.isIntact(Unpooled.wrappedBuffer(window, i, GroupHeader.BYTES))) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
