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
    private int notUnderstood;

    ProcRows(ProcTable table, ByteOrder order, ProcNet.Visitor<E> visitor) {
        this.table = table;
        this.order = order;
        this.visitor = visitor;
    }

    /** @return lines that are no row, the heading aside */
    int read(byte[] text) throws E {
        boolean first = true;
        int begin = 0;
        while (begin < text.length) {
            int end = begin;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            if (end == text.length) {
                notUnderstood++; // no kernel ends a table without a newline: its last number may be cut
            } else if (end - begin > MAX_LINE_BYTES) {
                notUnderstood++;
            } else {
                line(new String(text, begin, end - begin, StandardCharsets.ISO_8859_1), first);
            }
            first = false;
            begin = end + 1;
        }
        endRow();
        return notUnderstood;
    }

    private void line(String line, boolean first) throws E {
        StringBuilder open = row;
        if (table.beginsRow(line)) {
            endRow();
            row = new StringBuilder(line);
        } else if (open != null && table.continues(open, line)) {
            open.append('\n').append(line);
        } else if (!first || !line.strip().startsWith(table.heading().strip())) {
            notUnderstood++;
        }
    }

    private void endRow() throws E {
        if (row != null) {
            ProcSocket socket = table.parse(row.toString(), order);
            if (socket == null) {
                notUnderstood++;
            } else {
                visitor.visit(socket);
            }
        }
        row = null;
    }
}
