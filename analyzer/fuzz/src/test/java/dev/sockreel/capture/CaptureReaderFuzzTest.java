package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.capture.record.BadRecordException;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.RecordTypes;
import dev.sockreel.fuzz.Parts;
import dev.sockreel.fuzz.Scratch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the reader: files with and without valid checksums, and records, headers and indexes alone. */
class CaptureReaderFuzzTest {
    static Stream<byte[]> files() {
        byte[] whole = PlainFile.seal(SeedCapture.plain());
        return Stream.of(whole, Arrays.copyOf(whole, whole.length - 30), Arrays.copyOf(whole, whole.length / 2));
    }

    @MethodSource("files")
    @FuzzTest
    void file(byte[] input) throws IOException {
        ReadingCheck.read(Scratch.file("file.reel", input));
    }

    static Stream<byte[]> plainFiles() {
        byte[] plain = SeedCapture.plain();
        return Stream.of(plain, Parts.steered(plain, 1, 2, 3), Arrays.copyOf(plain, plain.length - 200));
    }

    @MethodSource("plainFiles")
    @FuzzTest
    void sealedFile(byte[] input) throws IOException {
        byte[] sealed = PlainFile.seal(input);
        List<String> records = ReadingCheck.read(Scratch.file("sealed.reel", sealed));
        assertTrue(12L * records.size() <= input.length, "more records than there is room for");
    }

    static Stream<byte[]> bodies() {
        byte[] content = SeedCapture.plain();
        return Stream.iterate(64, at -> at + 12 < content.length - 200, at -> at + 12 + length(content, at))
                .limit(8)
                .map(at -> Parts.steered(
                        Arrays.copyOfRange(content, at + 12, Math.min(content.length, at + 12 + length(content, at))),
                        content[at + 4]));
    }

    private static int length(byte[] content, int at) {
        return Math.clamp(Unpooled.wrappedBuffer(content).getIntLE(at), 0, content.length);
    }

    /** Decodes one record; the first byte is its type. */
    @MethodSource("bodies")
    @FuzzTest
    void record(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        try {
            CaptureRecord record =
                    RecordTypes.decode(input[0] & 0xf, Unpooled.wrappedBuffer(input, 1, input.length - 1));
            if (record != null) {
                assertEquals(input[0] & 0xf, record.type());
                ReadingCheck.roundTrip(record);
            }
        } catch (BadRecordException e) {
            assertTrue(String.valueOf(e.getMessage()).length() > 10, "it says what is wrong");
        }
    }

    static Stream<byte[]> frames() {
        byte[] plain = SeedCapture.plain();
        return Stream.of(Arrays.copyOf(plain, 64),
                Arrays.copyOfRange(plain, plain.length - FileIndex.bytes(4), plain.length));
    }

    /** Decodes a header or index with valid checksums and any other content. */
    @MethodSource("frames")
    @FuzzTest
    void headerAndIndex(byte[] input) {
        if (input.length >= GroupHeader.BYTES) {
            header(Unpooled.wrappedBuffer(Arrays.copyOf(input, GroupHeader.BYTES)));
        }
        if (input.length >= FileIndex.bytes(0)) {
            index(Unpooled.wrappedBuffer(input.clone()));
        }
    }

    private static void header(ByteBuf in) {
        in.setIntLE(60, GroupHeader.crc32c(in, 0, 60));
        if (!GroupHeader.isIntact(in)) {
            return;
        }
        GroupHeader header = GroupHeader.decode(in);
        assertTrue(header.compressedBytes() >= 0 && header.compressedBytes() <= GroupHeader.MAX_COMPRESSED);
        assertTrue(header.uncompressedBytes() >= 0 && header.uncompressedBytes() <= GroupHeader.MAX_UNCOMPRESSED);
        ByteBuf out = Unpooled.buffer();
        header.encode(out);
        if (GroupHeader.version(in) == GroupHeader.VERSION) {
            assertArrayEquals(ByteBufUtil.getBytes(in), ByteBufUtil.getBytes(out));
        }
    }

    private static void index(ByteBuf in) {
        int bytes = in.readableBytes();
        in.setIntLE(4, bytes - 8);
        in.setIntLE(bytes - 12, GroupHeader.crc32c(in, 0, bytes - 12));
        long fileId = in.getLongLE(bytes - 20);
        long offset = in.getLongLE(bytes - 8);
        List<GroupEntry> groups = FileIndex.decode(in, fileId, offset);
        if (groups == null) {
            return;
        }
        long before = -1;
        for (GroupEntry group : groups) {
            assertTrue(group.offset() > before && group.offset() < offset, "in order, and before the index");
            before = group.offset();
        }
        ByteBuf out = Unpooled.buffer();
        FileIndex.encode(groups, fileId, offset, out);
        assertEquals(groups, FileIndex.decode(out, fileId, offset), "written and read again");
    }
}
