package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.capture.record.Threads;
import dev.sockreel.failure.NotACaptureException;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes and reads random records; a failure names its seed ({@code -Dsockreel.seed=N} repeats it). */
class RandomCaptureTest {
    private static final int ROUNDS = 30;

    @TempDir
    Path folder = Path.of("");

    private int snapshot;
    private int dumps;

    @Test
    void anySequenceComesBackAndDamageNeverInvents() throws Exception {
        Long only = Long.getLong("sockreel.seed");
        long base = only == null ? System.nanoTime() : only;
        for (int round = 0; round < (only == null ? ROUNDS : 1); round++) {
            long seed = base + round;
            try {
                oneRound(new Random(seed));
            } catch (AssertionError | Exception e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private void oneRound(Random random) throws Exception {
        Path path = Files.createTempFile(folder, "random", ".reel");
        List<String> written = new ArrayList<>();
        CaptureHeader header = new CaptureHeader(new UUID(random.nextLong(), random.nextLong()), random.nextInt(),
                time(random), random.nextBoolean() ? ByteOrder.BIG_ENDIAN : null, text(random));
        try (CaptureWriter out = CaptureWriter.create(path, header)) {
            written.add(SampleRecords.show(header));
            snapshot = -1;
            dumps = 0;
            int records = random.nextInt(200);
            for (int i = 0; i < records; i++) {
                for (CaptureRecord record : next(random)) {
                    out.write(record);
                    written.add(SampleRecords.show(record));
                }
                if (random.nextInt(20) == 0) {
                    out.endGroup();
                }
            }
            out.finish();
        }
        Reading reading = Reading.of(path);
        assertTrue(reading.whole());
        assertEquals(written, reading.records().subList(0, written.size()));
        assertEquals(written.size() + 1, reading.records().size());
        damage(random, path, new HashSet<>(reading.records()));
        Files.delete(path);
    }

    /** Overwrites a random range: the file is not whole, and reading it invents nothing and does not fail. */
    private static void damage(Random random, Path path, Set<String> originals) throws Exception {
        byte[] bytes = Files.readAllBytes(path);
        byte[] stretch = new byte[1 + random.nextInt(5000)];
        random.nextBytes(stretch);
        int at = random.nextInt(bytes.length);
        byte[] hit = bytes.clone();
        System.arraycopy(stretch, 0, hit, at, Math.min(stretch.length, bytes.length - at));
        if (java.util.Arrays.equals(bytes, hit)) {
            return;
        }
        Files.write(path, hit);
        try {
            Reading reading = Reading.of(path);
            assertTrue(!reading.whole());
            assertTrue(originals.containsAll(reading.records()));
        } catch (NotACaptureException allGroupHeadersHit) {
            assertTrue(at < GroupHeader.BYTES);
        }
    }

    /** Returns a record of the open snapshot, or begins the next one. */
    private List<CaptureRecord> next(Random random) {
        if (snapshot >= 0 && random.nextInt(8) > 0) {
            return List.of(record(random));
        }
        List<CaptureRecord> all = new ArrayList<>();
        if (random.nextBoolean()) {
            all.add(new SnapshotEnd(snapshot, random.nextInt(), time(random)));
        }
        snapshot += 1 + random.nextInt(3);
        all.add(new SnapshotBegin(snapshot, time(random)));
        all.add(SampleRecords.lossNote());
        return snapshot < 3 ? all.subList(all.size() - 2, all.size()) : all;
    }

    private CaptureRecord record(Random random) {
        int n = random.nextInt();
        return switch (random.nextInt(14)) {
            case 0 -> new HostEvidence(facts(random));
            case 1 -> new NetworkNamespace(n, random.nextLong(), random.nextLong(), text(random),
                    List.of(new NetworkNamespace.Interface(n, text(random))));
            case 2 -> new DumpBegin(dumps++, snapshot, n + 2, text(random), random.nextInt(256), Origin.PCAP,
                    random.nextInt(65536), n, time(random), bytes(random, 100));
            case 3, 4 -> new Datagram(n, random.nextInt(), random.nextInt(), random.nextInt(),
                    Integer.toUnsignedLong(n), Integer.toUnsignedLong(random.nextInt()), time(random),
                    Unpooled.wrappedBuffer(bytes(random, random.nextInt(10) == 0 ? 1_500_000 : 32_768)));
            case 5 -> new DumpEnd(n, DumpEnd.Outcome.values()[random.nextInt(8)], n, n, text(random), time(random));
            case 6 -> new ProcText(snapshot, n, text(random), ProcText.When.values()[random.nextInt(3)], n, n,
                    random.nextBoolean(), time(random), Unpooled.wrappedBuffer(bytes(random, 5000)));
            case 7 -> new Owners(snapshot, random.nextBoolean(), random.nextInt(3), random.nextBoolean(), time(random),
                    time(random), n, n, n, List.of(holder(random), holder(random)));
            case 8 -> new RecorderNote(n, n,
                    RecorderNote.Kind.values()[random.nextInt(RecorderNote.Kind.values().length)], random.nextLong(),
                    time(random), text(random));
            case 9 -> new Processes(snapshot, time(random), List.of(new Processes.Facts(
                    n, random.nextLong(), random.nextInt(), text(random), random.nextInt(), bytes(random, 4096),
                    bytes(random, 300), random.nextLong(), random.nextInt())));
            case 10 -> new Threads(snapshot, time(random), random.nextInt(),
                    List.of(new Threads.Process(n, random.nextInt(),
                            List.of(new Threads.Thread(n, random.nextInt(256), random.nextInt(), random.nextInt(),
                                    random.nextInt(), text(random))))));
            case 11 -> new ClosedSockets(snapshot, random.nextInt(), random.nextInt(), random.nextInt(), time(random),
                    Unpooled.wrappedBuffer(bytes(random, 5000)));
            case 12 -> new OwnSockets(
                    snapshot, n, List.of(new OwnSockets.Own(random.nextLong(), random.nextLong())));
            default ->
                new HostNamespaces(snapshot, time(random), random.nextInt(), List.of(new HostNamespaces.Namespace(
                        random.nextLong(), random.nextInt(), text(random), random.nextInt(), text(random))));
        };
    }

    private static Owners.Holder holder(Random random) {
        int fds = random.nextInt(50);
        int[] numbers = random.ints(fds).toArray();
        return new Owners.Holder(random.nextInt(), bytes(random, 16), bytes(random, 300), bytes(random, 80), numbers,
                random.longs(fds).toArray());
    }

    private static Map<String, String> facts(Random random) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            facts.put(text(random), text(random));
        }
        return facts;
    }

    private static ReceiveTime time(Random random) {
        return random.nextInt(10) == 0 ? ReceiveTime.NONE : new ReceiveTime(random.nextLong(), random.nextLong());
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(30), 0, 0x2_0000)
                .filter(c -> c < 0xd800 || c > 0xdfff)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static byte[] bytes(Random random, int most) {
        byte[] out = new byte[random.nextInt(most + 1)];
        if (random.nextBoolean()) {
            random.nextBytes(out);
        }
        return out;
    }
}
