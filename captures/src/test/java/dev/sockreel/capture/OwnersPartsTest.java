package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ReceiveTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Splits the owners of a host with so many processes that their names and states alone exceed one record. */
class OwnersPartsTest {
    private static Owners.Holder process(int pid) {
        return new Owners.Holder(pid, new byte[15], new byte[330], new byte[200], new int[] {3}, new long[] {pid});
    }

    private static Owners record(List<Owners.Holder> holders) {
        return new Owners(0, true, 0, true, ReceiveTime.NONE, ReceiveTime.NONE, 0, 0, 0, holders);
    }

    @Test
    void everyPartFitsIntoAGroup() {
        List<Owners.Holder> all = new ArrayList<>();
        for (int pid = 1; pid <= 20_000; pid++) {
            all.add(process(pid));
        }
        assertTrue(record(all).maxBytes() > GroupHeader.MAX_UNCOMPRESSED, "in one part they do not fit");
        List<List<Owners.Holder>> parts = Owners.parts(all);
        assertEquals(all, parts.stream().flatMap(List::stream).toList());
        for (List<Owners.Holder> part : parts) {
            assertTrue(record(part).maxBytes() < GroupHeader.MAX_UNCOMPRESSED / 2, "less than half a group");
        }
    }

    @Test
    void nobodyIsOnePartToo() {
        assertEquals(List.of(List.of()), Owners.parts(List.of()));
    }
}
