package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.Origin;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.EveryPlace;
import dev.sockreel.fixtures.KeyedDump;
import dev.sockreel.nlmsg.SecretMask;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that were zeroed are in no predicted dump either, however its messages are damaged. */
class ChainSecretsTest {
    private static final long SEED = 12;
    private static final int DAMAGES = 500;

    @TempDir
    Path folder = Path.of("");

    private final SecretMask mask = new SecretMask(Unpooled.EMPTY_BUFFER);

    @Test
    void noKeyIsInTheFile() throws Exception {
        KeyedDump dump = KeyedDump.of(ByteOrder.LITTLE_ENDIAN, SEED);
        EveryPlace damages = EveryPlace.of(dump.bytes(), ByteOrder.LITTLE_ENDIAN);
        List<CaptureRecord> records = new ArrayList<>();
        int step = damages.count() / DAMAGES;
        for (int i = 0; i < DAMAGES; i++) {
            snapshot(i, i % 2 == 0 ? dump.bytes() : damages.copy(i * step), records);
        }
        Path path = MadeCapture.write(folder, records);
        assertTrue(ChainRoundTripTest.keys(path).contains("MIDDLE_KEY"), "it is predicted");
        byte[] file = Files.readAllBytes(path);
        assertEquals(-1, dump.find(file, file.length));
        try (CaptureReader in = CaptureReader.open(path)) {
            int deltas = 0;
            for (RawRecord raw = in.nextRaw(); raw != null; raw = in.nextRaw()) {
                byte[] bytes = ByteBufUtil.getBytes(raw.bytes());
                assertEquals(-1, dump.find(bytes, bytes.length), "in a record of type " + bytes[4]);
                deltas += raw.record() instanceof dev.sockreel.capture.record.Delta ? 1 : 0;
            }
            assertTrue(deltas > DAMAGES / 2, deltas + " predicted snapshots");
        }
    }

    private void snapshot(int number, byte[] received, List<CaptureRecord> records) {
        ByteBuf data = Unpooled.directBuffer().writeBytes(received);
        mask.mask(data, received.length, ByteOrder.LITTLE_ENDIAN);
        records.add(new SnapshotBegin(number, SampleRecords.time(number)));
        records.add(new DumpBegin(number, number, 0, "tcp4", DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL, 0,
                SampleRecords.time(number), new byte[] {1}));
        records.add(new Datagram(number, 0, 0, 0, received.length, 0, SampleRecords.time(number),
                Unpooled.copiedBuffer(data)));
        records.add(new DumpEnd(number, DumpEnd.Outcome.DONE, 0, 1, "", SampleRecords.time(number)));
        records.add(new SnapshotEnd(number, 1, SampleRecords.time(number)));
        data.release();
    }
}
