package dev.sockreel.procnet;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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

    ProcRows(ProcTable table, ByteOrder order, ProcNet.Visitor<E> visitor) {
        this.table = table;
        this.order = order;
        this.visitor = visitor;
    }

    TableShape read(byte[] text) throws E {
        boolean endsInLine = false;
        int begin = 0;
        while (begin < text.length) {
            int end = begin;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            if (end == text.length) {
                endsInLine = true;
            } else if (end - begin > MAX_LINE_BYTES) {
                badLines++;
            } else {
                line(new String(text, begin, end - begin, StandardCharsets.ISO_8859_1));
            }
            begin = end + 1;
        }
        endRow();
        return new TableShape(text.length == 0, headingSeen, badLines, endsInLine);
    }

    private void line(String bytes) throws E {
        String line = hasCarriageReturns && bytes.endsWith("\r") ? bytes.substring(0, bytes.length() - 1) : bytes;
        StringBuilder open = row;
        if (table.beginsRow(line)) {
            endRow();
            row = new StringBuilder(line);
            rowSeen = true;
        } else if (open != null && table.continues(open, line)) {
            open.append('\n').append(line);
        } else if (!rowSeen && !headingSeen && line.strip().startsWith(table.heading().strip())) {
            headingSeen = true;
            hasCarriageReturns = line.endsWith("\r");
        } else {
            badLines++;
        }
    }

    private void endRow() throws E {
        if (row != null) {
            ProcSocket socket = table.parse(row.toString(), order);
            if (socket == null) {
                badLines++;
            } else {
                visitor.visit(socket);
            }
        }
        row = null;
    }
}
