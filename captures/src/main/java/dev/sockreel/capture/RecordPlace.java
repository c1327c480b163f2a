package dev.sockreel.capture;

/**
 * Where a record stands in its file.
 *
 * @param group  number of its group, -1 where it does not come from a file
 * @param record number in the group, from 0
 */
public record RecordPlace(int group, int record) {
    public static final RecordPlace NONE = new RecordPlace(-1, -1);
}
