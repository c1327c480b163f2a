package dev.sockreel.dump;

import dev.sockreel.series.SeriesChanges;

/**
 * What a dump changed against the dump of the same series before, in rows. Rows that are not named are as they were,
 * but for ages, which went on.
 *
 * @param dumpBefore number of that dump
 * @param before     its table
 * @param rows       rows that appeared or changed, ascending
 * @param appeared   cookies that the dump before did not list
 * @param gone       cookies that only the dump before lists
 * @param goneRows   rows of these in the dump before
 * @param moves      where each row was before
 */
public record RowChanges(
        int dumpBefore, ViewTable before, int[] rows, long[] appeared, long[] gone, int[] goneRows,
        SeriesChanges moves) {

    /** Returns whether all rows are as they were. */
    public boolean isNothing() {
        return rows.length == 0 && goneRows.length == 0;
    }

    /** Returns where a row was in the dump before, -1 for one that appeared. */
    public int rowBefore(int row) {
        return moves.before(row);
    }
}
