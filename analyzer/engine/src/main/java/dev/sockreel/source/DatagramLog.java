package dev.sockreel.source;

import dev.sockreel.capture.ReceiveTime;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * One folder of a datagram-log: index.tsv and what it names.
 *
 * @param dumps in the index's order
 */
record DatagramLog(Path folder, List<LoggedDump> dumps) {
    static final String INDEX = "index.tsv";
    static final String FDMAP = "fdmap.tsv";
    static final String PROC_PREFIX = "proc-";

    /** Tab-separated, no quoting, lines that begin with # are comments anywhere. */
    static final CSVFormat TSV = CSVFormat.DEFAULT
            .builder()
            .setDelimiter('\t')
            .setQuote(null)
            .setCommentMarker('#')
            .setIgnoreEmptyLines(true)
            .get();

    /** The received buffers of one request. */
    record LoggedDump(String name, List<LoggedDatagram> datagrams) {}

    /** One line of the index. Lengths and offsets in bytes. */
    record LoggedDatagram(long offset, int length, int msgFlags, int bufferBytes, ReceiveTime time) {}

    /** No kernel sends a datagram of this size; a larger one in an index is a mistake of its writer. */
    private static final int MAX_DATAGRAM_BYTES = 2 << 20;

    static DatagramLog read(Path folder) throws IOException {
        List<LoggedDump> dumps = new ArrayList<>();
        Path index = folder.resolve(INDEX);
        try (Reader in = Files.newBufferedReader(index, StandardCharsets.UTF_8)) {
            for (CSVRecord line : TSV.parse(in)) {
                String name = column(line, 0, index);
                long recv = number(line, 1, index);
                if (recv == 0 || dumps.isEmpty() || !dumps.getLast().name().equals(name)) {
                    dumps.add(new LoggedDump(fileName(name, line, index), new ArrayList<>()));
                }
                dumps.getLast().datagrams().add(datagram(line, index));
            }
        }
        return new DatagramLog(folder, dumps);
    }

    private static LoggedDatagram datagram(CSVRecord line, Path index) throws SourceException {
        long length = number(line, 3, index);
        long offset = number(line, 2, index);
        if (length < 0 || length > MAX_DATAGRAM_BYTES || offset < 0) {
            throw new SourceException("%s, line %d: offset %d and length %d cannot be right (a datagram has at most %d bytes)"
                    .formatted(index, line.getRecordNumber(), offset, length, MAX_DATAGRAM_BYTES));
        }
        long realtimeNs = line.size() > 6 && !line.get(6).isBlank() ? number(line, 6, index) : ReceiveTime.UNKNOWN;
        return new LoggedDatagram(
                offset, (int) length, (int) number(line, 4, index), (int) number(line, 5, index),
                new ReceiveTime(realtimeNs, ReceiveTime.UNKNOWN));
    }

    /** A name is a file beside the index, never a path out of the folder. */
    private static String fileName(String name, CSVRecord line, Path index) throws SourceException {
        if (name.isBlank() || name.contains("/") || name.contains("\\") || name.equals("..")) {
            throw new SourceException("%s, line %d: \"%s\" is not a file's name"
                    .formatted(index, line.getRecordNumber(), dev.sockreel.sockdiag.PrintableName.of(
                            name.getBytes(StandardCharsets.UTF_8))));
        }
        return name;
    }

    private static String column(CSVRecord line, int column, Path index) throws SourceException {
        if (column >= line.size()) {
            throw new SourceException("%s, line %d: has %d columns, at least 6 are needed"
                    .formatted(index, line.getRecordNumber(), line.size()));
        }
        return line.get(column);
    }

    private static long number(CSVRecord line, int column, Path index) throws SourceException {
        String text = column(line, column, index).strip();
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw new SourceException("%s, line %d, column %d: \"%s\" is not a number"
                    .formatted(index, line.getRecordNumber(), column + 1, text), e);
        }
    }
}
