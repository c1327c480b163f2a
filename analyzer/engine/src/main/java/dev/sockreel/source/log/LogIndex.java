package dev.sockreel.source.log;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.wording.PrintableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads index.tsv of a datagram-log, a datagram a line. Memory: one line. */
final class LogIndex implements AutoCloseable {
    static final String INDEX = "index.tsv";

    /** Limit for a datagram. No kernel sends one of this size; a larger one in an index is an error of its writer. */
    private static final int MAX_DATAGRAM_BYTES = 2 << 20;

    /**
     * One line of the index. Lengths and offsets in bytes.
     *
     * @param beginsDump whether it is the first of its dump
     * @param name       of its dump: that of the files NAME.req and NAME.bin
     */
    record LoggedDatagram(
            TsvLine line, boolean beginsDump, String name, long offset, int length, int msgFlags, int bufferBytes,
            ReceiveTime time) {}

    private final TsvFile lines;
    private String dump = "";

    LogIndex(Path folder) throws IOException {
        lines = new TsvFile(folder.resolve(INDEX), StandardCharsets.UTF_8);
    }

    @Nullable
    LoggedDatagram next() throws IOException {
        TsvLine line = lines.next();
        if (line == null) {
            return null;
        }
        line.needs(6);
        String name = fileName(line);
        boolean begins = line.number(1, Integer.MAX_VALUE) == 0 || !dump.equals(name);
        dump = name;
        long realtimeNs = line.has(6) ? line.number(6, Long.MAX_VALUE) : ReceiveTime.UNKNOWN;
        return new LoggedDatagram(
                line, begins, name,
                line.number(2, Long.MAX_VALUE - MAX_DATAGRAM_BYTES),
                (int) line.number(3, MAX_DATAGRAM_BYTES),
                (int) line.number(4, 0xffffffffL),
                (int) line.number(5, Integer.MAX_VALUE),
                new ReceiveTime(realtimeNs, ReceiveTime.UNKNOWN));
    }

    /** Returns the name of a file in the same folder; a path out of the folder is refused. */
    private static String fileName(TsvLine line) throws SourceException {
        String name = line.text(0);
        if (name.isBlank() || name.contains("/") || name.contains("\\") || name.equals("..")
                || name.chars().anyMatch(Character::isISOControl)) {
            throw line.wrong("\"" + PrintableName.of(name) + "\" is not a file's name");
        }
        return name;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
