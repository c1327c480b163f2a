package dev.sockreel.nlmsg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.EveryPlace;
import dev.sockreel.fixtures.KeyedDump;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damages a dump with keys at every place: no piece of a key is left in any of the copies. */
class SecretMaskEveryPlaceTest {
    private static final long SEED = 11;
    private final SecretMask mask = new SecretMask(Unpooled.EMPTY_BUFFER);
    private final List<String> leaks = new ArrayList<>();

    @Test
    void oneDamage() {
        int places = 0;
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            KeyedDump dump = KeyedDump.of(order, SEED);
            EveryPlace damages = EveryPlace.of(dump.bytes(), order);
            for (int i = 0; i < damages.count(); i++) {
                check(dump, damages.copy(i), damages.name(i));
            }
            places += damages.count();
        }
        System.out.println("masked datagrams with one damage: " + places);
        assertEquals(List.of(), leaks);
        assertTrue(places > 10_000, places + " places");
    }

    @Test
    @Tag("exhaustive")
    void everyValueOfEveryByte() {
        int places = 0;
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            KeyedDump dump = KeyedDump.of(order, SEED);
            byte[] bytes = dump.bytes();
            for (int at = 0; at < bytes.length; at++) {
                for (int value = 0; value < 256; value++, places++) {
                    byte[] changed = bytes.clone();
                    changed[at] = (byte) value;
                    check(dump, changed, "byte " + at + " is " + value);
                }
            }
        }
        System.out.println("masked datagrams with one byte of every value: " + places);
        assertEquals(List.of(), leaks);
    }

    @Test
    void twoDamages() {
        Random random = new Random(SEED);
        int places = 0;
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            KeyedDump dump = KeyedDump.of(order, SEED);
            EveryPlace damages = EveryPlace.of(dump.bytes(), order);
            for (int run = 0; run < 20_000; run++, places++) {
                int first = random.nextInt(damages.count());
                byte[] copy = damages.copy(first);
                if (copy.length > 0) {
                    int at = random.nextInt(copy.length);
                    copy[at] ^= (byte) (1 << random.nextInt(8));
                    check(dump, copy, damages.name(first) + ", byte " + at + " changed");
                }
            }
        }
        System.out.println("masked datagrams with two damages: " + places);
        assertEquals(List.of(), leaks);
    }

    private void check(KeyedDump dump, byte[] bytes, String what) {
        mask.mask(Unpooled.wrappedBuffer(bytes), bytes.length, dump.order());
        int found = dump.find(bytes, bytes.length);
        if (found >= 0) {
            leaks.add(dump.order() + ", " + what + ": at " + found);
        }
    }
}
