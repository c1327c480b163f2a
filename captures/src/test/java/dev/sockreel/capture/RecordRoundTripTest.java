package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.BadRecordException;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecordTypes;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotPart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Encodes and decodes each record type; cut records are reported. */
class RecordRoundTripTest {
    @Test
    void theSampleHasEveryType() {
        Set<Integer> types = new HashSet<>();
        SampleRecords.everyStoredType().forEach(r -> types.add(r.type()));
        assertEquals(CaptureRecord.class.getPermittedSubclasses().length - 1
                + SnapshotPart.class.getPermittedSubclasses().length, types.size());
    }

    @Test
    void aDumpOfAnEarlierVersionHasNoSourceByte() throws Exception {
        DumpBegin written =
                new DumpBegin(1, 2, 3, "tcp4", 0, Origin.SS_DUMP, 0, 0, ReceiveTime.NONE, new byte[3], 4711);
        ByteBuf body = encode(written);
        assertEquals(4711,
                assertInstanceOf(DumpBegin.class, RecordTypes.decode(DumpBegin.TYPE, body.duplicate())).sourceByte());
        ByteBuf earlier = body.slice(0, body.readableBytes() - 8);
        assertEquals(DumpBegin.NO_SOURCE_BYTE,
                assertInstanceOf(DumpBegin.class, RecordTypes.decode(DumpBegin.TYPE, earlier)).sourceByte());
    }

    @Test
    void everyTypeComesBack() throws Exception {
        for (CaptureRecord record : SampleRecords.everyStoredType()) {
            ByteBuf body = encode(record);
            assertTrue(body.readableBytes() <= record.maxBytes(), () -> record + " is longer than it promises");
            CaptureRecord back = known(RecordTypes.decode(record.type(), body));
            assertEquals(record.getClass(), back.getClass());
            assertEquals(SampleRecords.show(record), SampleRecords.show(back));
            if (!(record instanceof DumpBegin)) {
                assertEquals(record, back);
            }
        }
    }

    @Test
    void fieldsAreNotMixedUp() throws Exception {
        Datagram d = assertInstanceOf(Datagram.class, decode(SampleRecords.datagram(21, 2, 5)));
        assertEquals(List.of(21L, 2L, 1L, 0x20L, 0xffff_fff0L, 77L),
                List.of((long) d.dump(), (long) d.number(), (long) d.marks(), (long) d.msgFlags(), d.trueLength(),
                        d.senderPid()));
        assertEquals(5, d.data().readableBytes());
        ProcText text = assertInstanceOf(ProcText.class, decode(SampleRecords.proc(4, "abc")));
        assertEquals("abc", text.text().toString(java.nio.charset.StandardCharsets.US_ASCII));
        assertEquals(ProcText.When.AFTER_DUMPS, text.when());
        assertTrue(text.last());
    }

    /** A later version may add fields after the known ones, unless a body ends in bytes of any length. */
    @Test
    void fieldsThatWereAddedLaterAreIgnored() throws Exception {
        for (CaptureRecord record : SampleRecords.everyType()) {
            if (endsInBytes(record)) {
                continue;
            }
            ByteBuf body = encode(record).writeLong(0x1122334455667788L);
            assertEquals(SampleRecords.show(record),
                    SampleRecords.show(known(RecordTypes.decode(record.type(), body))));
        }
    }

    @Test
    void aBodyCutAtAnyByteIsBadOrShorterButNothingElse() {
        for (CaptureRecord record : SampleRecords.everyType()) {
            ByteBuf body = encode(record);
            for (int cut = 0; cut < body.readableBytes(); cut++) {
                try {
                    CaptureRecord back = RecordTypes.decode(record.type(), body.slice(0, cut));
                    boolean lastFieldCameLater = back instanceof DumpBegin && cut == body.readableBytes() - 8;
                    assertTrue(endsInBytes(back) || lastFieldCameLater,
                            "cut at " + cut + ": " + back);
                } catch (BadRecordException expected) {
                    assertNotNull(expected.getMessage());
                }
            }
        }
    }

    /** Wrong counts and lengths in a body cause an exception, not an allocation of their size. */
    @Test
    void everyByteSetTo0xffIsRecordOrBadRecord() {
        for (CaptureRecord record : SampleRecords.everyStoredType()) {
            ByteBuf body = encode(record);
            for (int at = 0; at < body.readableBytes(); at++) {
                ByteBuf hostile = body.copy();
                hostile.setByte(at, 0xff);
                if (at + 4 <= body.readableBytes()) {
                    hostile.setInt(at, -1);
                }
                try {
                    assertNotNull(RecordTypes.decode(record.type(), hostile));
                } catch (BadRecordException expected) {
                    assertNotNull(expected.getMessage());
                }
            }
        }
    }

    @Test
    void numbersOfLaterVersionsAreUnknownNotWrong() throws Exception {
        ByteBuf end = encode(new DumpEnd(1, null, 2, 3, "", SampleRecords.time(0)));
        end.setIntLE(4, 4711);
        assertNull(assertInstanceOf(DumpEnd.class, RecordTypes.decode(DumpEnd.TYPE, end)).outcome());
        ByteBuf note = encode(new RecorderNote(1, 2, null, 3, SampleRecords.time(0), "still speaks"));
        note.setIntLE(8, 4711);
        RecorderNote back = assertInstanceOf(RecorderNote.class, RecordTypes.decode(RecorderNote.TYPE, note));
        assertNull(back.kind());
        assertEquals("still speaks", back.text());
        ByteBuf proc = encode(SampleRecords.proc(1, "x"));
        proc.setByte(8 + 4 + "/proc/modules".length(), 99);
        assertNull(assertInstanceOf(ProcText.class, RecordTypes.decode(ProcText.TYPE, proc)).when());
        ByteBuf header = encode(SampleRecords.header(0));
        header.setByte(36, 9);
        assertNull(assertInstanceOf(CaptureHeader.class, RecordTypes.decode(CaptureHeader.TYPE, header)).order());
        ByteBuf begin = encode(SampleRecords.snapshot(0).get(3));
        begin.setByte(12 + 4 + 4, 3).setByte(12 + 4 + 4 + 1, 200);
        DumpBegin dump = assertInstanceOf(DumpBegin.class, RecordTypes.decode(DumpBegin.TYPE, begin));
        assertEquals(3, dump.encoding());
        assertNull(dump.origin());
        assertNull(RecordTypes.decode(4711, end));
    }

    private static CaptureRecord decode(CaptureRecord record) throws BadRecordException {
        return known(RecordTypes.decode(record.type(), encode(record)));
    }

    private static CaptureRecord known(@org.jspecify.annotations.Nullable CaptureRecord record) {
        if (record == null) {
            throw new AssertionError("the type is not in the list");
        }
        return record;
    }

    private static ByteBuf encode(CaptureRecord record) {
        ByteBuf body = Unpooled.buffer();
        record.encode(body);
        return body;
    }

    /**
     * Returns whether the body's last field takes all the rest, so that a cut shortens it and more bytes belong to it.
     */
    private static boolean endsInBytes(@Nullable CaptureRecord record) {
        return record instanceof Datagram || record instanceof ProcText || record instanceof ClosedSockets;
    }
}
