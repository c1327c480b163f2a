package dev.sockreel.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two dumps that are not predicted from one another are compared as a plain search by cookie does. */
final class ComparisonTest {
    private static final long SEED = System.nanoTime();

    ComparisonTest() {
        System.out.println("ComparisonTest seed " + SEED);
    }

    @Test
    void agesDoNotCountAndAllElseDoes() throws SeriesTooLargeException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (int round = 0; round < 20; round++) {
                compare(new MadeSeries(SEED + round, order));
            }
        }
    }

    private static void compare(MadeSeries made) throws SeriesTooLargeException {
        SeriesState old = new SeriesState(MadeSeries.COOKIE_AT, made.order);
        made.addAll(400);
        for (int i = 0; i < 8; i++) {
            old.match(made.dump());
            made.age(1000);
        }
        Map<Long, Integer> before = places(made.messages);
        int size = made.messages.size();
        made.age(7000);
        List<byte[]> expectedlyChanged = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            change(made, expectedlyChanged);
        }
        SeriesState now = new SeriesState(MadeSeries.COOKIE_AT, made.order);
        now.match(made.dump());
        SeriesChanges changes = SeriesChanges.between(old.view(), now.view());

        List<Integer> appeared = new ArrayList<>();
        List<Integer> changed = new ArrayList<>();
        boolean[] met = new boolean[size];
        for (int i = 0; i < made.messages.size(); i++) {
            byte[] message = made.messages.get(i);
            Integer origin = before.get(cookie(message));
            assertEquals(origin == null ? -1 : origin, changes.before(i));
            if (origin == null) {
                appeared.add(i);
            } else {
                met[origin] = true;
                if (expectedlyChanged.contains(message)) {
                    changed.add(i);
                }
            }
        }
        List<Integer> gone = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (!met[i]) {
                gone.add(i);
            }
        }
        assertEquals("" + appeared + changed + gone, Arrays.toString(changes.appeared())
                + Arrays.toString(changes.changed()) + Arrays.toString(changes.gone()));
    }

    private static void change(MadeSeries made, List<byte[]> changed) {
        int at = made.random.nextInt(made.messages.size());
        byte[] message = made.messages.get(at);
        switch (made.random.nextInt(6)) {
            case 0 -> made.messages.remove(at);
            case 1 -> made.add(at, MadeSeries.WORDS);
            case 2 -> made.messages.add(made.random.nextInt(made.messages.size()), made.messages.remove(at));
            case 3 -> {
                // only an age, but not as the others
                byte[] copy = message.clone();
                made.add(copy, MadeSeries.ages()[1], -1500);
                made.messages.set(at, copy);
                changed.add(copy);
            }
            default -> {
                made.touch(at);
                changed.add(made.messages.get(at));
            }
        }
    }

    private static Map<Long, Integer> places(List<byte[]> messages) {
        Map<Long, Integer> places = new HashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            places.put(cookie(messages.get(i)), i);
        }
        return places;
    }

    private static long cookie(byte[] message) {
        return ByteBuffer.wrap(message).getLong(MadeSeries.COOKIE_AT);
    }

    @Test
    void aDumpEqualsItself() throws SeriesTooLargeException {
        MadeSeries made = new MadeSeries(SEED, ByteOrder.LITTLE_ENDIAN);
        made.addAll(100);
        SeriesState state = new SeriesState(MadeSeries.COOKIE_AT, ByteOrder.LITTLE_ENDIAN);
        state.match(made.dump());
        SeriesChanges changes = SeriesChanges.between(state.view(), state.view());
        assertFalse(changes.restructured());
        assertEquals("appeared [], changed [], gone []", changes.toString());
    }
}
