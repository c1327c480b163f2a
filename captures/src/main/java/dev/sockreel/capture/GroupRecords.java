package dev.sockreel.capture;

import dev.sockreel.capture.record.BadRecordException;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.RecordTypes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Walks the records of one group's content. What does not fit its checksum is passed over and told. */
final class GroupRecords {
    private final GroupHeader header;
    private final ByteBuf content;
    private final Problems problems;
    /** What is wrong with the group, until it was told. */
    private @Nullable String groupProblem;
    private boolean told;
    private int number;

    /** Takes what is wrong. */
    interface Problems {
        /**
         * @param record number in the group, from 0
         * @param loses  false when all records of the group are intact all the same
         */
        void told(int record, boolean loses, String why);
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

    /** The next record whose checksum fits and whose body is what its type says; null at the end. */
    @Nullable
    RawRecord next() {
        while (content.isReadable()) {
            int at = content.readerIndex();
            if (!fits(at)) {
                tell(at, "a record's length does not fit its group");
                break;
            }
            int end = end(at);
            if (!isIntact(at)) {
                tell(at, "a record's checksum does not fit");
                number++;
                // Its length may be right all the same: then an intact record follows.
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
            tell(content.writerIndex(), groupProblem);
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
            tell(at, e.getMessage() == null ? "a record is malformed" : e.getMessage());
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

    private void tell(int at, String why) {
        String where = groupProblem == null || groupProblem.equals(why) ? why : groupProblem + "; " + why;
        groupProblem = null;
        boolean loses = told || at != header.uncompressedBytes();
        told = true;
        problems.told(number, loses,
                where + " (from byte " + at + " of the group's " + header.uncompressedBytes() + ")");
    }
}
