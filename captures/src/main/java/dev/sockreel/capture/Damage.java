package dev.sockreel.capture;

import org.jspecify.annotations.Nullable;

/**
 * A place of a file that cannot be read as it was written.
 *
 * @param offset        first byte of it, from the file's begin
 * @param bytes         how long it is
 * @param group         number of the group, or of the one that should stand there
 * @param record        number of the record in its group, from 0; -1 where it is no record's
 * @param firstSnapshot the last snapshot known to begin before it, -1 for none
 * @param dump          the dump that was open there, by what was read before; -1 for none
 * @param datagram      the first datagram of that dump that was not read before; -1 without a dump
 * @param loses         false when nothing of a recording is missing by it: stray bytes, an index, a copy
 * @param why           one clause: what was expected and what was found
 */
public record Damage(
        Kind kind, long offset, long bytes, int group, int record, int firstSnapshot, int dump, int datagram,
        boolean loses, String why) {
    public enum Kind {
        /** The file ends inside something. */
        CUT,
        /** A checksum does not fit. */
        CHECKSUM,
        /** Bytes that are no frame of this format, or the groups' numbers leave a gap. */
        LOST
    }

    static final int NO_RECORD = -1;

    /** @param run what was read before it, null for nothing */
    static Damage in(
            @Nullable CaptureRun run, Kind kind, long offset, long bytes, int group, int record, boolean loses,
            String why) {
        return run == null
                ? new Damage(kind, offset, bytes, group, record, CaptureWriter.NO_SNAPSHOT, -1, -1, loses, why)
                : new Damage(
                        kind, offset, bytes, group, record, run.snapshot(), run.dump(), run.nextDatagram(), loses, why);
    }

    /** The place in words, from the file's byte to the datagram. */
    public String where() {
        StringBuilder words = new StringBuilder("byte ").append(offset).append(", group ").append(group);
        if (record >= 0) {
            words.append(", record ").append(record);
        }
        if (dump >= 0) {
            words.append(", dump ").append(dump).append(" from datagram ").append(datagram).append(" on");
        }
        return words
                .append(firstSnapshot < 0 ? ", before the first snapshot"
                        : ", after snapshot " + firstSnapshot + " began")
                .toString();
    }
}
