package dev.sockreel.capture;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A record whose checksum fits, as it stands in its group.
 *
 * @param record the decoded record, null when this version does not know its type
 * @param bytes  header and body, a slice of its group
 * @param group  header of its group; {@link #NO_GROUP} for a record that was not read from a file
 * @param number number of the record in its group, from 0
 */
record RawRecord(@Nullable CaptureRecord record, ByteBuf bytes, GroupHeader group, int number) {
    static final GroupHeader NO_GROUP =
            new GroupHeader(0, -1, CaptureWriter.NO_SNAPSHOT, 0, 0, 0, 0, ReceiveTime.UNKNOWN, 0);

    /** Encodes a record that is yet to be written. */
    static RawRecord of(CaptureRecord record) {
        ByteBuf bytes = Unpooled.buffer(CaptureWriter.RECORD_HEADER_BYTES + record.maxBytes());
        CaptureWriter.encode(record, bytes);
        return new RawRecord(record, bytes, NO_GROUP, 0);
    }
}
