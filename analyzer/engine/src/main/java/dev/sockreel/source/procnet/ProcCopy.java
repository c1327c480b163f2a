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
        long total = bytes.length;
        for (int part = 0;; part++) {
            byte[] next = bytes.length < ProcText.MAX_PART_BYTES ? new byte[0] : in.readNBytes(ProcText.MAX_PART_BYTES);
            boolean last = next.length == 0;
            sink.write(new ProcText(sink.snapshotIndex(), 0, procPath, ProcText.When.AFTER_DUMPS, 0, part, last, time,
                    Unpooled.wrappedBuffer(bytes)));
            if (last) {
                return;
            }
            total += next.length;
            checkSize(total, name);
            bytes = next;
        }
    }

    static void checkSize(long bytes, String name) throws SourceException {
        if (bytes > MAX_BYTES) {
            throw new SourceException(
                    name + " has more than " + (MAX_BYTES >> 20) + " MiB, more than any kernel prints into /proc/net");
        }
    }

    private ProcCopy() {}
}
