package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.sockreel.capture.chain.KeyPolicy;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.SnapshotBegin;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads predicted snapshots whose checksums are right and whose content is not: damage, and bounded work. */
class ChainHostileTest {
    private static final long SEED = Long.getLong("sockreel.seed", System.nanoTime());
    private static final int HIT = 3;
    private static final long MAX_ALLOCATED_BYTES = 512L << 20;

    @TempDir
    Path folder = Path.of("");

    private Path whole = Path.of("");
    private Set<String> originals = Set.of();

    ChainHostileTest() {
        System.out.println("ChainHostileTest seed " + SEED);
    }

    @BeforeEach
    void write() throws IOException {
        whole = MadeCapture.write(folder, MadeCapture.records(SEED, 12, 6, false), new KeyPolicy(100, 6), 1 << 28);
        originals = new HashSet<>(Reading.of(whole).records());
    }

    @Test
    void aCopyWithoutChangesIsWhole() throws Exception {
        assertTrue(Reading.of(changed(d -> d)).whole());
    }

    @Test
    void aBaseThatIsNotThere() throws Exception {
        for (int base : new int[] {-1, 3, 4, 11, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            requireTold(d -> new Delta(d.snapshot(), base, d.key(), d.version(), d.part(), d.last(), d.columns()));
        }
    }

    /** Nothing tells that these are wrong before the block's own checksum does. */
    @Test
    void anotherBase() throws Exception {
        for (int base : new int[] {0, 1}) {
            Path path =
                    changed(d -> new Delta(d.snapshot(), base, d.key(), d.version(), d.part(), d.last(), d.columns()));
            Reading reading = Reading.of(path);
            String name = "snapshot 3 cannot be read";
            assertTrue(reading.damages().stream().anyMatch(d -> d.why().contains(name)), reading.damages()::toString);
            requireRecovered(path);
        }
    }

    @Test
    void aKeyThatIsNone() throws Exception {
        for (int key : new int[] {-1, 1, 3, 11, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            // only a reader that loads the chain from there looks at it
            Path path =
                    changed(d -> new Delta(d.snapshot(), d.base(), key, d.version(), d.part(), d.last(), d.columns()));
            try (CaptureReader in = CaptureReader.open(path)) {
                assertTrue(in.seek(HIT));
                Set<String> read = new HashSet<>(Reading.drain(in));
                assertTrue(in.damages().getFirst().why().contains("snapshot 3 cannot be read"), in.damages()::toString);
                assertTrue(originals.containsAll(read));
            }
        }
    }

    @Test
    void partsAndVersionsThatAreNotThere() throws Exception {
        for (int number : new int[] {2, 255}) {
            requireTold(d -> new Delta(d.snapshot(), d.base(), d.key(), number, d.part(), d.last(), d.columns()));
        }
        for (int number : new int[] {1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            requireTold(d -> new Delta(d.snapshot(), d.base(), d.key(), d.version(), number, d.last(), d.columns()));
        }
        requireLost(d -> new Delta(d.snapshot(), d.base(), d.key(), d.version(), d.part(), false, d.columns()));
    }

    /** Columns of anything: a result or damage, in bounded time and memory. */
    @Test
    void columnsOfAnything() throws Exception {
        Random random = new Random(SEED);
        for (int i = 0; i < 400; i++) {
            Path path = changed(d -> {
                byte[] columns = ByteBufUtil.getBytes(d.columns());
                for (int k = random.nextInt(4); k >= 0; k--) {
                    columns[random.nextInt(columns.length)] = (byte) random.nextInt();
                }
                byte[] cut = random.nextInt(4) > 0 ? columns : Arrays.copyOf(columns, random.nextInt(columns.length));
                return new Delta(d.snapshot(), d.base(), d.key(), d.version(), d.part(), d.last(),
                        Unpooled.wrappedBuffer(cut));
            });
            requireBounded(path);
        }
        for (byte[] columns : List.of(new byte[0], new byte[1], new byte[1 << 15],
                new byte[] {-1, -1, -1, 127}, ones(1 << 16))) {
            requireTold(d -> new Delta(d.snapshot(), d.base(), d.key(), d.version(), d.part(), d.last(),
                    Unpooled.wrappedBuffer(columns)));
        }
    }

    private static byte[] ones(int bytes) {
        byte[] all = new byte[bytes];
        Arrays.fill(all, (byte) 0xff);
        return all;
    }

    private void requireTold(UnaryOperator<Delta> change) throws IOException {
        Path path = changed(change);
        Reading reading = Reading.of(path);
        assertTrue(reading.damages().getFirst().why().contains("snapshot 3 cannot be read"),
                reading.damages()::toString);
        requireOriginals(reading, path);
    }

    private void requireLost(UnaryOperator<Delta> change) throws IOException {
        Path path = changed(change);
        Reading reading = Reading.of(path);
        assertFalse(reading.whole());
        requireOriginals(reading, path);
    }

    private void requireOriginals(Reading reading, Path path) throws IOException {
        assertTrue(originals.containsAll(reading.records()));
        long later = reading.records().stream().filter(r -> r.startsWith(SnapshotBegin.TYPE + ":")).count();
        assertEquals(12, later, "all snapshots begin");
        assertTrue(reading.records().containsAll(lastSnapshot()), "what follows the next middle key is read");
        requireRecovered(path);
    }

    private List<String> lastSnapshot() throws IOException {
        List<String> all = Reading.of(whole).records();
        return all.subList(all.size() - 8, all.size() - 1);
    }

    private void requireRecovered(Path path) throws IOException {
        Path to = folder.resolve("recovered.reel");
        Files.deleteIfExists(to);
        CaptureRecovery.run(path, to, loss -> {});
        Reading again = Reading.of(to);
        assertTrue(again.whole(), again.damages()::toString);
    }

    private void requireBounded(Path path) throws IOException {
        var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        Reading reading = Reading.of(path);
        long allocated = thread.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < MAX_ALLOCATED_BYTES, () -> allocated + " bytes allocated; seed " + SEED);
        assertTrue(reading.records().stream().filter(r -> r.startsWith(SnapshotBegin.TYPE + ":")).count() == 12);
        requireRecovered(path);
    }

    /** Writes the file again with another delta of one snapshot, and right checksums. */
    private Path changed(UnaryOperator<Delta> change) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] bytes = Files.readAllBytes(whole);
        try (CaptureReader in = CaptureReader.open(whole)) {
            for (GroupEntry group : in.groups()) {
                ByteBuf head = Unpooled.wrappedBuffer(Arrays.copyOfRange(
                        bytes, (int) group.offset(), (int) group.offset() + GroupHeader.BYTES));
                GroupHeader h = GroupHeader.decode(head);
                int at = (int) group.offset() + GroupHeader.BYTES;
                byte[] frame = Arrays.copyOfRange(bytes, at, at + h.compressedBytes());
                if (group.firstSnapshot() == HIT) {
                    byte[] content = content(Zstd.decompress(frame, h.uncompressedBytes()), change);
                    frame = Zstd.compress(content);
                    head = header(h, frame, content);
                }
                out.writeBytes(ByteBufUtil.getBytes(head));
                out.writeBytes(frame);
            }
        }
        Path path = folder.resolve("changed.reel");
        return Files.write(path, withIndex(out.toByteArray()));
    }

    private static byte[] content(byte[] records, UnaryOperator<Delta> change) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GroupRecords in = new GroupRecords(new GroupHeader(0, 0, 0, 0, records.length, 0, 0, 0, 0),
                new GroupFrame(Unpooled.wrappedBuffer(records), 0, null), (record, loses, why) -> {});
        for (RawRecord raw = in.next(); raw != null; raw = in.next()) {
            CaptureRecord record = raw.record() instanceof Delta d ? change.apply(d) : raw.record();
            out.writeBytes(SampleFile.rawRecord(record));
        }
        return out.toByteArray();
    }

    private static ByteBuf header(GroupHeader h, byte[] frame, byte[] content) {
        ByteBuf out = Unpooled.buffer();
        new GroupHeader(h.flags(), h.number(), h.firstSnapshot(), frame.length, content.length,
                GroupHeader.crc32c(ByteBuffer.wrap(frame)), GroupHeader.crc32c(ByteBuffer.wrap(content)),
                h.realtimeNs(), h.fileId()).encode(out);
        return out;
    }

    private byte[] withIndex(byte[] groups) throws IOException {
        Path path = Files.write(folder.resolve("groups"), groups);
        ByteBuf index = Unpooled.buffer();
        try (CaptureReader in = CaptureReader.open(path)) {
            FileIndex.encode(in.groups(), in.groups().getFirst().fileId(), groups.length, index);
        }
        return SampleFile.join(groups, ByteBufUtil.getBytes(index));
    }
}
