package dev.sockreel.source.procnet;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.procnet.TableLines;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.Remarks;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.wording.Counted;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Writes copies of files of /proc/net into the open snapshot. */
public final class ProcCopy {
    /** Limit for a copy: about a million and a half sockets. No kernel prints more. */
    private static final long MAX_BYTES = 256L << 20;
    /** Limit for its lines, each of which costs time however short it is. */
    private static final int MAX_LINES = 4_000_000;

    /** Files of /proc/net with counters, which the recorder reads too. */
    private static final Set<String> COUNTERS =
            Set.of("sockstat", "sockstat6", "protocols", "netstat", "snmp", "snmp6", "softnet_stat");

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

    private final CaptureSink sink;
    private final Remarks damages;

    /** @param damages receives a sentence for each table with lines that are not rows */
    public ProcCopy(CaptureSink sink, Remarks damages) {
        this.sink = sink;
        this.damages = damages;
    }

    /** Returns whether copies of this file of /proc/net are imported: tables and counters, which hold no secret. */
    public static boolean isKnown(String name) {
        return COUNTERS.contains(name) || ProcNet.tables().contains(name);
    }

    /**
     * Writes a file.
     *
     * @param name of the original under /proc/net
     */
    public void write(Path file, String name, ReceiveTime time) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            write(in, file.toString(), name, time);
        }
    }

    /**
     * Writes a stream up to its end; stated lengths do not matter, since files of /proc state 0.
     *
     * @param path of the copy, for messages
     * @param name of the original under /proc/net
     */
    void write(InputStream in, String path, String name, ReceiveTime time) throws IOException {
        Optional<TableLines> table = TableLines.of(name);
        byte[] bytes = in.readNBytes(ProcText.MAX_PART_BYTES);
        Size size = new Size(path);
        for (int part = 0;; part++) {
            byte[] now = bytes;
            size.add(now, now.length);
            table.ifPresent(t -> t.add(now, now.length));
            byte[] next = now.length < ProcText.MAX_PART_BYTES ? new byte[0] : in.readNBytes(ProcText.MAX_PART_BYTES);
            boolean last = next.length == 0;
            sink.write(new ProcText(sink.snapshotIndex(), 0, "/proc/net/" + name, ProcText.When.AFTER_DUMPS, 0, part,
                    last, time, Unpooled.wrappedBuffer(now)));
            if (last) {
                table.ifPresent(t -> report(t.end(), path));
                return;
            }
            bytes = next;
        }
    }

    private void report(TableLines.Bad bad, String path) {
        if (bad.lines() > 0) {
            damages.add("%s, byte %d: here %s".formatted(path, bad.firstAt(), bad.lines() == 1
                    ? "is a line of " + Counted.of(bad.bytes(), "byte") + " that is not a row"
                    : "begins the first of %d lines that are not rows, %s in all".formatted(
                            bad.lines(), Counted.of(bad.bytes(), "byte"))));
        }
        if (bad.unfinished() > 0) {
            damages.add("%s, byte %d: the last line, of %s, has no end".formatted(path, bad.endAt(),
                    Counted.of(bad.unfinished(), "byte")));
        }
    }
}
