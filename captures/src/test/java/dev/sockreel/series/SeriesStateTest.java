package dev.sockreel.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.Datagram;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A state gives back what it took, and says what a dump changed as a plain comparison of the messages does. */
final class SeriesStateTest {
    private static final long SEED = System.nanoTime();
    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

    SeriesStateTest() {
        System.out.println("SeriesStateTest seed " + SEED);
    }

    @Test
    void anyDumpComesBack() throws SeriesTooLargeException {
        for (ByteOrder order : ORDERS) {
            for (int cookieAt : new int[] {MadeSeries.COOKIE_AT, 24, Cookies.NONE}) {
                MadeSeries made = new MadeSeries(SEED + cookieAt, order);
                SeriesState state = new SeriesState(cookieAt, order);
                made.addAll(200);
                for (int round = 0; round < 40; round++) {
                    List<Datagram> dump = round % 9 == 8 ? List.of() : made.oddDump();
                    state.match(dump);
                    assertEquals(MadeSeries.text(dump), MadeSeries.text(MadeSeries.datagrams(state.view())));
                    made.age(1000);
                    made.shake(10);
                }
            }
        }
    }

    @Test
    void changesAreThoseOfAPlainComparison() throws SeriesTooLargeException {
        for (ByteOrder order : ORDERS) {
            MadeSeries made = new MadeSeries(SEED, order);
            SeriesState state = new SeriesState(MadeSeries.COOKIE_AT, order);
            made.addAll(300);
            List<byte[]> before = List.of();
            for (int round = 0; round < 60; round++) {
                SeriesChanges changes = state.match(made.dump());
                List<byte[]> now = new ArrayList<>(made.messages);
                now.add(made.done());
                assertEquals(plainly(before, now, order), text(changes));
                requireOrigins(changes, before, now);
                before = now;
                alter(made);
            }
        }
    }

    private static void alter(MadeSeries made) {
        for (int i = made.random.nextInt(30); i > 0; i--) {
            int at = made.random.nextInt(made.messages.size());
            switch (made.random.nextInt(6)) {
                case 0 -> made.messages.remove(at);
                case 1 -> made.add(at, MadeSeries.WORDS);
                case 2 -> made.messages.add(made.random.nextInt(made.messages.size()), made.messages.remove(at));
                default -> made.touch(at);
            }
        }
    }

    private static String text(SeriesChanges changes) {
        return Arrays.toString(changes.appeared()) + Arrays.toString(changes.changed())
                + Arrays.toString(changes.gone());
    }

    private static String plainly(List<byte[]> before, List<byte[]> now, ByteOrder order) {
        Map<Long, byte[]> old = new LinkedHashMap<>();
        before.forEach(m -> old.put(cookie(m, order), m));
        List<Integer> appeared = new ArrayList<>();
        List<Integer> changed = new ArrayList<>();
        Set<Long> there = new HashSet<>();
        for (int i = 0; i < now.size(); i++) {
            long cookie = cookie(now.get(i), order);
            there.add(cookie);
            byte[] like = old.get(cookie);
            if (like == null) {
                appeared.add(i);
            } else if (!Arrays.equals(like, now.get(i))) {
                changed.add(i);
            }
        }
        List<Integer> gone = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (!there.contains(cookie(before.get(i), order))) {
                gone.add(i);
            }
        }
        return "" + appeared + changed + gone;
    }

    private static long cookie(byte[] message, ByteOrder order) {
        return message.length < 68 ? -1 : ByteBuffer.wrap(message).order(order).getLong(MadeSeries.COOKIE_AT);
    }

    private static void requireOrigins(SeriesChanges changes, List<byte[]> before, List<byte[]> now) {
        boolean isMoved = before.size() != now.size();
        for (int i = 0; i < now.size(); i++) {
            int origin = changes.before(i);
            isMoved |= origin != i;
            if (origin >= 0) {
                assertEquals(cookie(before.get(origin), ByteOrder.LITTLE_ENDIAN),
                        cookie(now.get(i), ByteOrder.LITTLE_ENDIAN));
            } else {
                assertTrue(Arrays.binarySearch(changes.appeared(), i) >= 0);
            }
        }
        assertEquals(isMoved, changes.restructured());
    }

    @Test
    void idleSocketsOfASteadySeriesAreAsPredicted() throws SeriesTooLargeException {
        MadeSeries made = new MadeSeries(SEED, ByteOrder.LITTLE_ENDIAN);
        SeriesState state = new SeriesState(MadeSeries.COOKIE_AT, ByteOrder.LITTLE_ENDIAN);
        made.addAll(2000);
        for (int round = 0; round < 20; round++) {
            SeriesChanges changes = state.match(made.dump());
            if (round > 1) {
                // those touched, and one or two that tell how much time went by
                int most = 20 + (round == 2 ? 40 : 2);
                assertTrue(changes.changed().length <= most, round + ": " + changes.changed().length);
            }
            made.age(1000 + made.random.nextInt(3) * 4);
            for (int i = 0; i < 20; i++) {
                made.touch(made.random.nextInt(2000));
            }
        }
        SeriesView view = state.view();
        assertArrayEquals(MadeSeries.ages(), view.clockedWords(view.profile(1000)));
    }

    @Test
    void wordsAreThoseOfTheBytes() throws SeriesTooLargeException {
        for (ByteOrder order : ORDERS) {
            MadeSeries made = new MadeSeries(SEED, order);
            SeriesState state = new SeriesState(MadeSeries.COOKIE_AT, order);
            made.addAll(50);
            for (int round = 0; round < 6; round++) {
                state.match(made.dump());
                made.age(1000);
            }
            SeriesView view = state.view();
            for (int i = 0; i < view.size(); i++) {
                byte[] message = new byte[view.length(i)];
                view.copy(i, message, 0);
                ByteBuffer bytes = ByteBuffer.wrap(message).order(order);
                for (int word = 0; word < message.length / 4; word++) {
                    assertEquals(bytes.getInt(word * 4), view.word(i, word));
                }
            }
        }
    }

    @Test
    void viewsStayAsTheyAre() throws SeriesTooLargeException {
        MadeSeries made = new MadeSeries(SEED, ByteOrder.LITTLE_ENDIAN);
        SeriesState state = new SeriesState(MadeSeries.COOKIE_AT, ByteOrder.LITTLE_ENDIAN);
        made.addAll(500);
        List<SeriesView> views = new ArrayList<>();
        List<List<String>> texts = new ArrayList<>();
        for (int round = 0; round < 30; round++) {
            List<Datagram> dump = made.oddDump();
            state.match(dump);
            views.add(state.view());
            texts.add(MadeSeries.text(dump));
            made.age(1000);
            made.shake(20);
            made.touch(made.random.nextInt(made.messages.size()));
        }
        for (int i = 0; i < views.size(); i++) {
            assertEquals(texts.get(i), MadeSeries.text(MadeSeries.datagrams(views.get(i))));
        }
    }

    @Test
    void memoryIsThatOfTheMessagesThere() throws SeriesTooLargeException {
        for (boolean viewed : new boolean[] {false, true}) {
            MadeSeries made = new MadeSeries(SEED, ByteOrder.LITTLE_ENDIAN);
            SeriesState state = new SeriesState(MadeSeries.COOKIE_AT, ByteOrder.LITTLE_ENDIAN);
            made.addAll(20_000);
            for (int round = 0; round < 60; round++) {
                state.match(made.dump(60));
                for (int i = 0; i < 2000; i++) {
                    made.messages.remove(made.random.nextInt(made.messages.size()));
                    made.add(made.random.nextInt(made.messages.size()), MadeSeries.WORDS);
                }
                if (viewed) {
                    assertEquals(20_001, state.view().size());
                }
                long messageBytes = 20_000L * MadeSeries.WORDS * 4;
                assertTrue(state.bytes() < 3 * messageBytes + 20_000 * 100, () -> state.bytes() + " bytes");
            }
        }
    }

    @Test
    void tooMuchIsRefused() {
        MadeSeries made = new MadeSeries(SEED, ByteOrder.LITTLE_ENDIAN);
        made.addAll(2000);
        SeriesState state = new SeriesState(MadeSeries.COOKIE_AT, ByteOrder.LITTLE_ENDIAN, 400_000);
        SeriesTooLargeException e = assertThrows(SeriesTooLargeException.class, () -> state.match(made.dump()));
        assertEquals("one series of dumps needs more than 400000 bytes of memory", e.getMessage());
    }

    @Test
    void aReversedDumpAndEqualCookiesTakeNoLonger() throws SeriesTooLargeException {
        MadeSeries made = new MadeSeries(SEED, ByteOrder.LITTLE_ENDIAN);
        SeriesState state = new SeriesState(MadeSeries.COOKIE_AT, ByteOrder.LITTLE_ENDIAN);
        made.addAll(100_000);
        state.match(made.dump(60));
        List<byte[]> reversed = new ArrayList<>(made.messages.reversed());
        made.messages.clear();
        made.messages.addAll(reversed);
        assertEquals(0, state.match(made.dump(60)).appeared().length);
        byte[] one = made.messages.getFirst();
        made.messages.replaceAll(m -> one);
        assertEquals(99_999, state.match(made.dump(60)).appeared().length);
        assertEquals(0, state.match(made.dump(60)).appeared().length);
    }
}
