package dev.sockreel.capture.order;

/**
 * The place of a record in its file.
 *
 * @param group  number of its group, -1 where it does not come from a file
 * @param record number of the record in the group, from 0
 */
public record RecordPlace(int group, int record) {
    public static final RecordPlace NONE = new RecordPlace(-1, -1);
}
