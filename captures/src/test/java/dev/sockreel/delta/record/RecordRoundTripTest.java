package dev.sockreel.delta.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.fixtures.LiveCapture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every record comes back byte for byte, whatever it holds and in whatever order it comes. */
final class RecordRoundTripTest {
    @Test
    void recordsOfALiveCaptureComeBack(@TempDir Path folder) throws IOException {
        List<List<Body>> snapshots = new ArrayList<>();
        snapshots.add(new ArrayList<>());
        try (CaptureReader reader = CaptureReader.open(LiveCapture.reel(folder))) {
            CaptureRecord record;
            while ((record = reader.next()) != null) {
                if (record instanceof SnapshotBegin) {
                    snapshots.add(new ArrayList<>());
                }
                if (!(record instanceof Datagram)) {
                    snapshots.getLast().add(Body.of(record));
                }
            }
        }
        Chain chain = new Chain().key(-1, snapshots.get(0)).key(0, snapshots.get(1));
        int bytes = 0;
        for (int i = 2; i < snapshots.size(); i++) {
            bytes += snapshots.get(i).stream().mapToInt(r -> r.bytes().length).sum();
            bytes -= 20 * chain.predicted(i - 1, snapshots.get(i)).length;
        }
        assertEquals(6, snapshots.size());
        assertTrue(bytes > 0, "a twentieth of the bodies would be " + -bytes + " bytes less");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 20, 70})
    void recordsOfABusyHostComeBack(int activity) throws IOException {
        long seed = 81_000L + activity;
        BusyHost host = new BusyHost(new Random(seed), 12, activity);
        Chain chain = new Chain().key(0, host.snapshot(0));
        for (int n = 1; n < 40; n++) {
            if (n % 17 == 0) {
                chain.key(n, host.snapshot(n));
            } else {
                chain.predicted(n, host.snapshot(n));
            }
        }
    }

    @Test
    void withoutAKeyRecordsComeBackToo() throws IOException {
        BusyHost host = new BusyHost(new Random(7), 5, 10);
        Chain chain = new Chain();
        for (int n = 0; n < 4; n++) {
            chain.predicted(n, host.snapshot(n));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void moreAndFewerAndMovedAndDoubledRecordsComeBack(long seed) throws IOException {
        Random random = new Random(seed);
        BusyHost host = new BusyHost(random, 6, 10);
        Chain chain = new Chain().key(0, host.snapshot(0));
        for (int n = 1; n < 25; n++) {
            List<Body> records = host.snapshot(n);
            switch (random.nextInt(4)) {
                case 0 -> Collections.shuffle(records, random);
                case 1 -> records.removeIf(r -> random.nextInt(3) == 0);
                case 2 -> records.addAll(random.nextInt(records.size()), List.copyOf(records));
                default -> records.add(random.nextInt(records.size()), new Body(random.nextInt(40), bytes(random)));
            }
            chain.predicted(n, records);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void damagedBodiesComeBackAsTheyAre(long seed) throws IOException {
        Random random = new Random(seed);
        BusyHost host = new BusyHost(random, 6, 5);
        Chain chain = new Chain().key(0, host.snapshot(0));
        for (int n = 1; n < 30; n++) {
            List<Body> records = host.snapshot(n);
            records.replaceAll(r -> damaged(r, random));
            chain.predicted(n, records);
        }
    }

    private static Body damaged(Body record, Random random) {
        byte[] bytes = record.bytes().clone();
        if (bytes.length == 0) {
            return record;
        }
        switch (random.nextInt(6)) {
            case 0 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 2 -> bytes = Arrays.copyOf(bytes, bytes.length + random.nextInt(9));
            case 3 -> {
                int at = random.nextInt(bytes.length);
                Arrays.fill(bytes, at, Math.min(bytes.length, at + random.nextInt(20)), (byte) random.nextInt());
            }
            default -> {
                return record;
            }
        }
        return new Body(record.type(), bytes);
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }
}
