package dev.sockreel.procnet;

import java.nio.ByteOrder;
import java.util.Optional;

/** Reads a table of /proc/net piece by piece and finds its lines that are not rows. Memory: one line. */
public final class TableLines {
    /**
     * The lines that are not rows.
     *
     * @param lines      number of whole lines that are neither a row nor the heading
     * @param bytes      their length
     * @param firstAt    offset of the first one; -1 for none
     * @param endAt      offset of the last line if it has no end
     * @param unfinished length of a last line without an end; 0 for none
     */
    public record Bad(int lines, long bytes, long firstAt, long endAt, long unfinished) {}

    private final ProcRows<RuntimeException> rows;

    private TableLines(ProcTable table) {
        rows = new ProcRows<>(table, ByteOrder.LITTLE_ENDIAN, socket -> {});
    }

    /**
     * Begins a table.
     *
     * @param name under /proc/net
     * @return empty when there is no such table
     */
    public static Optional<TableLines> of(String name) {
        return ProcTables.of(name).map(TableLines::new);
    }

    /** Reads the next bytes. */
    public void add(byte[] text, int length) {
        rows.add(text, length);
    }

    /** Ends the table. */
    public Bad end() {
        rows.end();
        return rows.bad();
    }
}
