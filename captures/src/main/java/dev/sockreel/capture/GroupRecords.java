package dev.sockreel.capture;

import dev.sockreel.capture.record.BadRecordException;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.RecordTypes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Walks the records of one group's content. Records whose checksum is wrong are skipped and reported. */
final class GroupRecords {
    private final GroupHeader header;
    private final ByteBuf content;
    private final Problems problems;
    /** The group's fault, until it is reported. */
    private @Nullable String groupProblem;
    private boolean reported;
    private int number;

    /** Receives the faults of a group. */
    interface Problems {
        /**
         * Reports one fault.
         *
         * @param record number of the record in the group, from 0
         * @param loses  false when all records of the group are intact nevertheless
         * @param why    one clause that says what is wrong
         */
        void report(int record, boolean loses, String why);
    }

    GroupRecords(GroupHeader header, GroupFrame frame, Problems problems) {
        this.header = header;
        this.content = frame.content();
        this.groupProblem = frame.problem();
        this.problems = problems;
    }

    GroupHeader header() {
        return header;
    }

    /** Returns true when all records were read and nothing was wrong with them or the group. */
    boolean isWhole() {
        return !content.isReadable() && !reported;
    }

    /** Returns the next record whose checksum fits and whose body can be decoded; null at the end. */
    @Nullable
    RawRecord next() {
        while (content.isReadable()) {
            int at = content.readerIndex();
            if (!fits(at)) {
                report(at, "a record extends past the end of its group");
                break;
            }
            int end = end(at);
            if (!isIntact(at)) {
                report(at, "wrong checksum in a record");
                number++;
                // Its length may be right nevertheless: then an intact record follows.
                if (end == content.writerIndex() || !fits(end) || !isIntact(end)) {
                    break;
                }
                content.readerIndex(end);
                continue;
            }
            content.readerIndex(end);
            RawRecord record = decode(at, end);
            number++;
            if (record != null) {
                return record;
            }
        }
        content.readerIndex(content.writerIndex());
        if (groupProblem != null) {
            report(content.writerIndex(), groupProblem);
        }
        return null;
    }

    private @Nullable RawRecord decode(int at, int end) {
        ByteBuf body =
                content.slice(at + CaptureWriter.RECORD_HEADER_BYTES, end - at - CaptureWriter.RECORD_HEADER_BYTES);
        try {
            CaptureRecord record = RecordTypes.decode(content.getUnsignedShortLE(at + 4), body);
            return new RawRecord(record, content.slice(at, end - at), header, number);
        } catch (BadRecordException e) {
            report(at, e.getMessage() == null ? "a record is malformed" : e.getMessage());
            return null;
        }
    }

    private boolean fits(int at) {
        int left = content.writerIndex() - at - CaptureWriter.RECORD_HEADER_BYTES;
        return left >= 0 && content.getUnsignedIntLE(at) <= left;
    }

    private int end(int at) {
        return at + CaptureWriter.RECORD_HEADER_BYTES + (int) content.getUnsignedIntLE(at);
    }

    private boolean isIntact(int at) {
        return content.getIntLE(at + 8) == CaptureWriter.recordCrc(content, at,
                end(at) - at - CaptureWriter.RECORD_HEADER_BYTES);
    }

    private void report(int at, String why) {
        String where = groupProblem == null || groupProblem.equals(why) ? why : groupProblem + "; " + why;
        groupProblem = null;
        boolean loses = reported || at != header.uncompressedBytes();
        reported = true;
        problems.report(number, loses,
                where + " (at byte " + at + " of " + header.uncompressedBytes() + " in the group)");
    }
}
