package dev.sockreel.procnet;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Goes through the text of one table, line by line: a name may hold newlines, and a copy may end in a line. */
final class ProcRows<E extends Exception> {
    /** No kernel prints a longer line; a longer one is skipped without being looked at. */
    private static final int MAX_LINE_BYTES = 1024;

    private final ProcTable table;
    private final ByteOrder order;
    private final ProcNet.Visitor<E> visitor;
    private @Nullable StringBuilder row;
    private boolean rowSeen;
    private boolean headingSeen;
    /** The copy went through a system that ends lines with CR and LF, as its heading shows. */
    private boolean hasCarriageReturns;
    private int badLines;
    private long badBytes;
    private long firstBadAt = -1;
    /** A line whose end is in the bytes to come; beyond the limit only its length counts. */
    private byte[] begun = new byte[0];
    private long begunBytes;
    /** Offset of the next line, and of the row. */
    private long at;
    private long rowAt;

    ProcRows(ProcTable table, ByteOrder order, ProcNet.Visitor<E> visitor) {
        this.table = table;
        this.order = order;
        this.visitor = visitor;
    }

    TableShape read(byte[] text) throws E {
        add(text, text.length);
        return end();
    }

    /** Reads the next bytes of the text, which may end anywhere. */
    void add(byte[] text, int length) throws E {
        int begin = 0;
        for (int end = 0; end < length; end++) {
            if (text[end] == '\n') {
                endLine(text, begin, end);
                begin = end + 1;
            }
        }
        keep(text, begin, length);
    }

    private void keep(byte[] text, int from, int to) {
        int kept = (int) Math.min(begunBytes, MAX_LINE_BYTES);
        int more = Math.min(to - from, MAX_LINE_BYTES - kept);
        if (more > 0) {
            begun = Arrays.copyOf(begun, kept + more);
            System.arraycopy(text, from, begun, kept, more);
        }
        begunBytes += to - from;
    }

    private void endLine(byte[] text, int from, int to) throws E {
        long length = (long) to - from;
        byte[] line = text;
        int lineAt = from;
        if (begunBytes > 0) {
            keep(text, from, to);
            length = begunBytes;
            line = begun;
            lineAt = 0;
            begunBytes = 0;
        }
        if (length > MAX_LINE_BYTES) {
            bad(at, length + 1);
        } else {
            line(new String(line, lineAt, (int) length, StandardCharsets.ISO_8859_1));
        }
        at += length + 1;
    }

    /** Ends the text. */
    TableShape end() throws E {
        endRow();
        return new TableShape(at + begunBytes == 0, headingSeen, badLines, begunBytes > 0);
    }

    /** Returns the lines that are not rows; to be called after the end. */
    TableLines.Bad bad() {
        return new TableLines.Bad(badLines, badBytes, firstBadAt, at, begunBytes);
    }

    private void bad(long from, long bytes) {
        firstBadAt = badLines == 0 ? from : firstBadAt;
        badLines++;
        badBytes += bytes;
    }

    private void line(String bytes) throws E {
        String line = hasCarriageReturns && bytes.endsWith("\r") ? bytes.substring(0, bytes.length() - 1) : bytes;
        StringBuilder open = row;
        if (table.beginsRow(line)) {
            endRow();
            row = new StringBuilder(line);
            rowAt = at;
            rowSeen = true;
        } else if (open != null && table.continues(open, line)) {
            open.append('\n').append(line);
        } else if (!rowSeen && !headingSeen && line.strip().startsWith(table.heading().strip())) {
            headingSeen = true;
            hasCarriageReturns = line.endsWith("\r");
        } else {
            bad(at, bytes.length() + 1);
        }
    }

    private void endRow() throws E {
        if (row != null) {
            ProcSocket socket = table.parse(row.toString(), order);
            if (socket == null) {
                bad(rowAt, row.length() + 1);
            } else {
                visitor.visit(socket);
            }
        }
        row = null;
    }
}
