package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.chain.DumpContent;
import dev.sockreel.capture.chain.KeyPolicy;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.series.MadeSeries;
import dev.sockreel.series.SeriesChanges;
import dev.sockreel.series.SeriesView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps that are taken as views hold the datagrams that are returned otherwise, and say what changed. */
class ChainViewsTest {
    private static final long SEED = Long.getLong("sockreel.seed", System.nanoTime());
    private static final int HEADER_WORDS = 4;

    @TempDir
    Path folder = Path.of("");

    private int views;
    private int compared;

    ChainViewsTest() {
        System.out.println("ChainViewsTest seed " + SEED);
    }

    @Test
    void predictedDumps() throws Exception {
        List<CaptureRecord> records = MadeCapture.records(SEED, 70, 20, false);
        check(records, MadeCapture.write(folder, records, new KeyPolicy(30, 7), 1 << 28), true);
        assertEquals(210, views);
        assertTrue(compared > 130, compared + " dumps compared");
    }

    @Test
    void dumpsStoredAsTheyAre() throws Exception {
        List<CaptureRecord> records = MadeCapture.records(SEED, 40, 20, false);
        Path path = folder.resolve("verbatim.reel");
        try (CaptureWriter out = CaptureWriter.create(path, SampleRecords.header(0))) {
            for (CaptureRecord record : records) {
                out.write(record);
            }
            out.finish();
        }
        check(records, path, true);
        assertEquals(120, views);
    }

    @Test
    void dumpsWhoseRestIsStoredAsItIs() throws Exception {
        List<CaptureRecord> records = MadeCapture.records(SEED, 40, 60, false);
        for (long limit = 1000; limit < 200_000; limit += limit / 6) {
            check(records, MadeCapture.write(folder, records, new KeyPolicy(13, 4), limit), false);
        }
        assertTrue(views > 500, views + " views");
    }

    @Test
    void dumpsInWhichAnythingHappens() throws Exception {
        for (int round = 0; round < 15; round++) {
            List<CaptureRecord> records = MadeCapture.records(SEED + round, 30, 5 + round, true);
            try {
                check(records, MadeCapture.write(folder, records, new KeyPolicy(13, 4), 1 << 28), false);
            } catch (AssertionError | Exception e) {
                throw new AssertionError("seed " + (SEED + round), e);
            }
        }
        assertTrue(views > 500, views + " views");
    }

    private void check(List<CaptureRecord> written, Path path, boolean compare) throws IOException {
        Map<Integer, List<Datagram>> expected = new HashMap<>();
        for (CaptureRecord record : written) {
            switch (record) {
                case DumpBegin begin -> expected.put(begin.dump(), new ArrayList<>());
                case Datagram d -> expected.get(d.dump()).add(d);
                default -> {}
            }
        }
        Map<Integer, List<Datagram>> returned = new HashMap<>();
        Set<Integer> open = new LinkedHashSet<>();
        try (CaptureReader in = CaptureReader.openWithViews(path)) {
            for (CaptureRecord record = in.next(); record != null; record = in.next()) {
                switch (record) {
                    case SnapshotBegin begin -> open.clear();
                    case DumpBegin begin -> {
                        open.add(begin.dump());
                        returned.put(begin.dump(), new ArrayList<>());
                    }
                    case Datagram d -> returned.get(d.dump()).add(d);
                    case DumpEnd end -> {
                        take(in, end.dump(), expected, returned, compare);
                        open.remove(end.dump());
                    }
                    case SnapshotEnd end -> {
                        for (int dump : open) {
                            take(in, dump, expected, returned, compare);
                        }
                    }
                    default -> {}
                }
            }
            assertTrue(in.isWhole(), () -> in.damages().toString());
        }
    }

    private void take(CaptureReader in, int dump, Map<Integer, List<Datagram>> expected,
            Map<Integer, List<Datagram>> returned, boolean compare) {
        List<String> given = MadeSeries.text(expected.get(dump));
        DumpContent content = in.takeContent(dump);
        if (content == null) {
            assertEquals(given, MadeSeries.text(returned.get(dump)), () -> "dump " + dump + ", which is not kept");
            return;
        }
        views++;
        List<String> viewed = MadeSeries.text(MadeSeries.datagrams(content.view()));
        assertEquals(given.size(), viewed.size(), () -> "datagrams of dump " + dump);
        for (int i = 0; i < given.size(); i++) {
            assertEquals(given.get(i), viewed.get(i), "dump " + dump + ", datagram " + i);
        }
        assertNull(in.takeContent(dump), "it is given once");
        SeriesView before = content.before();
        SeriesChanges changes = content.changes();
        assertEquals(before == null, changes == null);
        if (compare && before != null && changes != null && content.view().size() > 1) {
            compare(before, content.view(), changes);
            compared++;
        }
    }

    /** Compares what changed with a plain search by cookie. */
    private static void compare(SeriesView before, SeriesView now, SeriesChanges changes) {
        Map<Long, Integer> places = new HashMap<>();
        for (int i = 0; i < before.size(); i++) {
            places.put(cookie(before, i), i);
        }
        List<Integer> appeared = new ArrayList<>();
        Set<Integer> met = new HashSet<>();
        for (int i = 0; i < now.size(); i++) {
            Integer origin = places.get(cookie(now, i));
            if (origin == null) {
                appeared.add(i);
                assertEquals(-1, changes.before(i));
                continue;
            }
            met.add(origin);
            assertEquals(origin, changes.before(i));
            boolean isListed = Arrays.binarySearch(changes.changed(), i) >= 0;
            for (int word = HEADER_WORDS; word < now.length(i) / 4; word++) {
                if (now.word(i, word) != before.word(origin, word) && !isListed) {
                    int grown = word;
                    IntStream clocked = IntStream.concat(IntStream.of(before.clockedWords(before.profile(origin))),
                            IntStream.of(now.clockedWords(now.profile(i))));
                    assertTrue(clocked.anyMatch(w -> w == grown)
                            && IntStream.of(MadeSeries.AGES).anyMatch(w -> w == grown), "word " + word);
                }
            }
        }
        assertArrayEquals(appeared.stream().mapToInt(i -> i).toArray(), changes.appeared());
        assertArrayEquals(IntStream.range(0, before.size()).filter(i -> !met.contains(i)).toArray(), changes.gone());
    }

    /** Returns the cookie of a message; NLMSG_DONE has none, and there is one of it. */
    private static long cookie(SeriesView view, int position) {
        int word = MadeSeries.COOKIE_AT / 4;
        return view.length(position) < MadeSeries.COOKIE_AT + 8 ? -1
                : (long) view.word(position, word) << 32 | view.word(position, word + 1) & 0xffffffffL;
    }
}
