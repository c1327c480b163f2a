package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.fixtures.EveryPlace;
import dev.sockreel.fixtures.KeyedDump;
import dev.sockreel.recorder.kernel.ReceivePool;
import dev.sockreel.recorder.kernel.ReceiveSlot;
import dev.sockreel.recorder.spool.SlotBatch;
import dev.sockreel.recorder.spool.Spool;
import dev.sockreel.recorder.spool.UnknownInodes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends datagrams with keys, damaged at every place, through the spool: no record has a piece of a key. */
class KeysInSpoolTest {
    private static final long SEED = 11;

    /** @param tcpInfoBytes of tcp_info in the latest kernels, and in one to come */
    @ParameterizedTest
    @ValueSource(ints = {280, 320})
    void everyDamage(int tcpInfoBytes) throws Exception {
        KeyedDump dump = KeyedDump.of(ByteOrder.nativeOrder(), SEED, tcpInfoBytes);
        EveryPlace damages = EveryPlace.of(dump.bytes(), dump.order());
        ReceivePool pool = new ReceivePool(8);
        ByteBuf body = Unpooled.buffer();
        List<Integer> leaks = new ArrayList<>();
        int[] written = new int[1];
        try (Spool spool = new Spool(pool, record -> {
            if (hasKey(record, dump, body)) {
                leaks.add(written[0]);
            }
            written[0]++;
        }, false, new UnknownInodes())) {
            List<String> families = List.of("tcp4", "tcp6", "of a later kernel");
            for (int i = 0; i < families.size(); i++) {
                spool.put(new DumpBegin(i, 0, 0, families.get(i), DumpBegin.VERBATIM, Origin.LIVE, 0, 0,
                        ReceiveTime.NONE, new byte[0], DumpBegin.NO_SOURCE_BYTE));
            }
            for (int i = 0; i < damages.count(); i++) {
                spool.put(batch(pool, damages.copy(i), i % families.size()));
            }
            spool.run(() -> {});
            System.out.printf("%d damaged datagrams spooled, %d with keys%n", damages.count(), leaks.size());
            assertEquals(families.size() + damages.count(), written[0]);
        }
        assertEquals(List.of(), leaks);
    }

    private static SlotBatch batch(ReceivePool pool, byte[] datagram, int dump) throws InterruptedException {
        ReceiveSlot slot = pool.take(new ReceivePool.Waited());
        slot.nio.put(0, datagram);
        slot.length = datagram.length;
        slot.trueLength = datagram.length;
        slot.dump = dump;
        SlotBatch batch = new SlotBatch();
        batch.add(slot);
        return batch;
    }

    private static boolean hasKey(CaptureRecord record, KeyedDump dump, ByteBuf body) {
        body.clear();
        record.encode(body.ensureWritable(record.maxBytes()));
        return dump.find(body.array(), body.readableBytes()) >= 0;
    }
}
