package dev.sockreel.procnet;

/**
 * The lines of a table of /proc/net that are not whole rows.
 *
 * @param isEmpty    whether there is no byte at all: a kernel prints at least the heading
 * @param hasHeading whether the heading comes before all rows
 * @param badLines   number of whole lines that are neither a row nor the heading
 * @param endsInLine whether the last line has no end: no kernel prints that, and its last number may be cut
 */
public record TableShape(boolean isEmpty, boolean hasHeading, int badLines, boolean endsInLine) {
    /** Returns the number of lines that are no row, the heading aside. */
    public int notUnderstood() {
        return badLines + (endsInLine ? 1 : 0);
    }
}
