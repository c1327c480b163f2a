package dev.sockreel.source.log;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.wording.PrintableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One folder of a datagram-log: index.tsv and the files it names.
 *
 * @param dumps in the index's order
 */
record DatagramLog(Path folder, List<LoggedDump> dumps) {
    static final String INDEX = "index.tsv";
    static final String FDMAP = "fdmap.tsv";
    static final String PROC_PREFIX = "proc-";

    /** The datagrams received in answer to one request. */
    record LoggedDump(String name, List<LoggedDatagram> datagrams) {}

    /** One line of the index. Lengths and offsets in bytes. */
    record LoggedDatagram(long offset, int length, int msgFlags, int bufferBytes, ReceiveTime time) {}

    /** Limit for a datagram. No kernel sends one of this size; a larger one in an index is an error of its writer. */
    private static final int MAX_DATAGRAM_BYTES = 2 << 20;

    static DatagramLog read(Path folder) throws IOException {
        List<LoggedDump> dumps = new ArrayList<>();
        for (TsvLine line : TsvLine.readAll(folder.resolve(INDEX), StandardCharsets.UTF_8)) {
            line.needs(6);
            String name = fileName(line);
            long recv = line.number(1, Integer.MAX_VALUE);
            if (recv == 0 || dumps.isEmpty() || !dumps.getLast().name().equals(name)) {
                dumps.add(new LoggedDump(name, new ArrayList<>()));
            }
            dumps.getLast().datagrams().add(datagram(line));
        }
        return new DatagramLog(folder, dumps);
    }

    private static LoggedDatagram datagram(TsvLine line) throws SourceException {
        long realtimeNs = line.has(6) ? line.number(6, Long.MAX_VALUE) : ReceiveTime.UNKNOWN;
        return new LoggedDatagram(
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
}
