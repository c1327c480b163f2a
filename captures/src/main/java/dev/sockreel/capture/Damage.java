package dev.sockreel.capture;

import org.jspecify.annotations.Nullable;

/**
 * A place in a file that cannot be read as it was written.
 *
 * @param offset        its first byte, counted from the file's begin
 * @param bytes         its length
 * @param group         number of the group that stands or should stand there
 * @param record        number of the record in its group, from 0; -1 when the damage is not one record's
 * @param firstSnapshot the last snapshot known to begin before it, -1 for none
 * @param dump          the dump that was open there, as far as was read; -1 for none
 * @param datagram      the first datagram of that dump that was not read before; -1 without a dump
 * @param loses         false when no part of the recording is missing: stray bytes, an index, a copy
 * @param why           one clause: what was expected and what was found
 */
public record Damage(
        Kind kind, long offset, long bytes, int group, int record, int firstSnapshot, int dump, int datagram,
        boolean loses, String why) {
    /** The kind of damage. */
    public enum Kind {
        /** The file ends inside a header, frame or index. */
        CUT,
        /** A checksum is wrong. */
        CHECKSUM,
        /** Bytes are no frame of this format, or the groups' numbers leave a gap. */
        LOST,
        /** All checksums are right, but what is stated here contradicts the rest of the file. */
        CONTRADICTION,
        /** Good records are passed over, because there are more than a limit allows. */
        LIMIT
    }

    static final int NO_RECORD = -1;

    /** @param run the capture being read, null before the first */
    static Damage in(
            @Nullable CaptureRun run, Kind kind, long offset, long bytes, int group, int record, boolean loses,
            String why) {
        return run == null
                ? new Damage(kind, offset, bytes, group, record, CaptureWriter.NO_SNAPSHOT, -1, -1, loses, why)
                : new Damage(
                        kind, offset, bytes, group, record, run.snapshot(), run.dump(), run.nextDatagram(), loses, why);
    }

    /** Describes the place for people: byte, group, record, dump, datagram, snapshot. */
    public String where() {
        StringBuilder text = new StringBuilder("byte ").append(offset).append(", group ").append(group);
        if (record >= 0) {
            text.append(", record ").append(record);
        }
        if (dump >= 0) {
            text.append(", dump ").append(dump).append(", from datagram ").append(datagram);
        }
        return text
                .append(firstSnapshot < 0 ? ", before the first snapshot"
                        : ", after snapshot " + firstSnapshot + " began")
                .toString();
    }
}
