package dev.sockreel.source.procnet;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.SourceException;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a copy of a file of /proc into the open snapshot. */
public final class ProcCopy {
    /** Limit for a copy: about a million and a half sockets. No kernel prints more. */
    private static final long MAX_BYTES = 256L << 20;
    /** Limit for its lines, each of which costs time however short it is. */
    private static final int MAX_LINES = 4_000_000;

    /** Counts what was read of one file. */
    static final class Size {
        private final String name;
        private long bytes;
        private int lines;

        Size(String name) {
            this.name = name;
        }

        /** Adds the next bytes; fails when there are more than any kernel prints. */
        void add(byte[] text, int length) throws SourceException {
            bytes += length;
            for (int i = 0; i < length; i++) {
                lines += text[i] == '\n' ? 1 : 0;
            }
            if (bytes > MAX_BYTES) {
                throw tooLarge((MAX_BYTES >> 20) + " MiB");
            }
            if (lines > MAX_LINES) {
                throw tooLarge("%,d lines".formatted(MAX_LINES));
            }
        }

        private SourceException tooLarge(String than) {
            return new SourceException(
                    name + " has more than " + than + ", more than any kernel prints into /proc/net");
        }
    }

    /**
     * Writes a file.
     *
     * @param procPath the path of the original
     */
    public static void write(Path file, String procPath, ReceiveTime time, CaptureSink sink) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            write(in, file.toString(), procPath, time, sink);
        }
    }

    /**
     * Writes a stream up to its end; stated lengths do not matter, since files of /proc state 0.
     *
     * @param name the file's name, for the message when it is too long
     */
    public static void write(InputStream in, String name, String procPath, ReceiveTime time, CaptureSink sink)
            throws IOException {
        byte[] bytes = in.readNBytes(ProcText.MAX_PART_BYTES);
        Size size = new Size(name);
        size.add(bytes, bytes.length);
        for (int part = 0;; part++) {
            byte[] next = bytes.length < ProcText.MAX_PART_BYTES ? new byte[0] : in.readNBytes(ProcText.MAX_PART_BYTES);
            boolean last = next.length == 0;
            sink.write(new ProcText(sink.snapshotIndex(), 0, procPath, ProcText.When.AFTER_DUMPS, 0, part, last, time,
                    Unpooled.wrappedBuffer(bytes)));
            if (last) {
                return;
            }
            size.add(next, next.length);
            bytes = next;
        }
    }

    private ProcCopy() {}
}
