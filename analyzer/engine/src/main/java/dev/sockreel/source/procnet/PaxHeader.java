package dev.sockreel.source.procnet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The values of pax' extended headers that matter to an import; records are {@code LENGTH KEY=VALUE\n}. */
final class PaxHeader {
    private static final int MAX_DIGITS = 9;

    private @Nullable String path;
    private long size = -1;
    private boolean sparse;

    /** Returns the entry's name; null when not stated. */
    @Nullable
    String path() {
        return path;
    }

    /** Returns the size of the entry's content, bytes; -1 when not stated. */
    long size() {
        return size;
    }

    /** Returns whether the content is a map of a sparse file and its pieces. */
    boolean isSparse() {
        return sparse;
    }

    /** Adds the records of an extended header; a later value of a key replaces an earlier one. */
    void read(byte[] records) throws IOException {
        int at = 0;
        while (at < records.length && records[at] != '\n' && records[at] != 0) {
            int blank = at;
            int length = 0;
            while (blank < records.length && Character.isDigit(records[blank]) && blank - at < MAX_DIGITS) {
                length = 10 * length + records[blank++] - '0';
            }
            int end = at + length;
            if (blank == at || blank >= records.length || records[blank] != ' ' || end > records.length
                    || end < blank + 2) {
                throw broken();
            }
            record(new String(records, blank + 1, end - blank - 2, StandardCharsets.UTF_8));
            at = end;
        }
    }

    private void record(String text) throws IOException {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw broken();
        }
        String value = text.substring(equals + 1);
        if (text.startsWith("GNU.sparse.")) {
            sparse = true;
        } else if (text.startsWith("path=")) {
            path = value.isEmpty() ? null : value;
        } else if (text.startsWith("size=")) {
            size = value.isEmpty() ? -1 : number(value);
        }
    }

    private static long number(String digits) throws IOException {
        try {
            long number = Long.parseLong(digits);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("the size in an extended header is no number", e);
        }
        throw new IOException("the size in an extended header is negative");
    }

    private static IOException broken() {
        return new IOException("an extended header is not made of records");
    }
}
