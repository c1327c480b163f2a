package dev.sockreel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.detector.FindingsRun;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.history.HistoryPoint;
import dev.sockreel.history.HistoryRun;
import dev.sockreel.history.SocketHistory;
import dev.sockreel.reading.RepeatedSnapshots;
import dev.sockreel.render.FindingsJson;
import dev.sockreel.render.SocketJson;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.source.ImportedCapture;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that cached answers come back unchanged or not at all. */
@Execution(ExecutionMode.CONCURRENT) // each method has a folder of its own
class AnswerCacheTest {
    private static final Shortfalls SHORTFALLS = new Shortfalls(
            List.of(new RepeatedSnapshots.Repeat(1, 0, 7)),
            List.of("no udp"), List.of("snapshot 3 is torn", ""),
            List.of(new Shortfalls.Harm(0, "byte 9: flipped"),
                    new Shortfalls.Harm(Shortfalls.NO_FILE, "\u00e4\u0000\ud83d\ude00")),
            List.of());

    @TempDir
    private Path home;

    private Path folder = Path.of("");
    private Path capture = Path.of("");
    private AnswerCache cache = new AnswerCache(folder);

    @BeforeEach
    void make() throws IOException {
        folder = home.resolve("a").resolve("cache");
        capture = Files.writeString(home.resolve("x.reel"), "bytes of a capture");
        cache = new AnswerCache(folder);
    }

    private CacheKey key(String... question) throws IOException {
        return CacheKey.of(List.of(question), List.of(capture));
    }

    private Path only() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size(), all.toString());
            return all.getFirst();
        }
    }

    private static FindingsAnswer findings(List<Snapshot> snapshots) {
        FindingsRun run = new FindingsRun(new Thresholds(1, Thresholds.DEFAULT.minTime().dividedBy(10)));
        snapshots.forEach(run::add);
        return new FindingsAnswer(run.finish(), SHORTFALLS);
    }

    private static FindingsAnswer small() {
        return findings(List.of());
    }

    private static String json(FindingsAnswer answer) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            new FindingsJson(json).write(answer.findings());
        }
        return out.toString();
    }

    /** The captures hold rows of sock_diag and of /proc, whole and cut dumps, and every kind of finding. */
    @ParameterizedTest
    @ValueSource(strings = {Capture.MODS + " snap", Capture.MODS + " raw", Capture.NOMODS + " raw",
        Capture.NOMODS + " snap",
        Capture.PARTIAL + " raw"})
    void findingsComeBackAsTheyWere(String source) throws IOException {
        String[] words = source.split(" ");
        FindingsAnswer answer = findings(ImportedCapture.folder(words[0], words[1]).snapshots());
        assertTrue(cache.put(key("findings"), answer));
        FindingsAnswer again = cache.get(key("findings"), FindingsAnswer.class).orElseThrow();
        assertEquals(json(answer), json(again));
        assertEquals(answer.findings().dumps(), again.findings().dumps());
        assertEquals(answer.findings().coverage(), again.findings().coverage());
        assertEquals(answer.shortfalls(), again.shortfalls());
    }

    @Test
    void historiesComeBackAsTheyWere() throws IOException {
        HistoryRun run = HistoryRun.where(row -> true);
        ImportedCapture.folder(Capture.MODS, "snap").snapshots().forEach(run::add);
        List<SocketHistory> all = run.finish();
        assertTrue(all.size() > 100, "sockets with a history");
        for (int i = 0; i < all.size(); i += 7) {
            SocketHistory history = all.get(i);
            List<HistoryAnswer.Step> steps = new ArrayList<>();
            for (HistoryPoint point : history.points()) {
                steps.add(new HistoryAnswer.Step(1, point, point instanceof HistoryPoint.Seen ? history.last() : null));
            }
            HistoryAnswer answer = new HistoryAnswer(List.of(1, 0), steps, history, SHORTFALLS);
            cache.put(key("history", "" + i), answer);
            HistoryAnswer again = cache.get(key("history", "" + i), HistoryAnswer.class).orElseThrow();
            assertEquals(history.points(), again.history().points());
            assertEquals(history.identity(), again.history().identity());
            assertEquals(row(history), row(again.history()));
            assertEquals(answer.order(), again.order());
            assertEquals(steps.stream().map(HistoryAnswer.Step::now).toList(),
                    again.steps().stream().map(HistoryAnswer.Step::now).toList());
            assertEquals(steps.stream().map(s -> s.row() == null).toList(),
                    again.steps().stream().map(s -> s.row() == null).toList());
        }
    }

    private static String row(SocketHistory history) throws IOException {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            new SocketJson(json).write(history.last());
        }
        return out.toString();
    }

    @Test
    void anotherQuestionIsAnotherAnswer() throws IOException {
        cache.put(key("findings", "3", "PT2S"), small());
        assertTrue(cache.get(key("findings", "3", "PT2S"), FindingsAnswer.class).isPresent());
        assertEquals(Optional.empty(), cache.get(key("findings", "3", "PT1S"), FindingsAnswer.class));
        assertEquals(Optional.empty(), cache.get(key("findings3", "PT2S"), FindingsAnswer.class));
        assertEquals(Optional.empty(), cache.get(key("findings", "3", "PT2S"), HistoryAnswer.class));
        Files.writeString(capture, "bytes of another");
        assertEquals(Optional.empty(), cache.get(key("findings", "3", "PT2S"), FindingsAnswer.class));
    }

    @Test
    void aFileThatChangedMeanwhileIsNotAnswered() throws IOException {
        CacheKey key = key("findings");
        Files.writeString(capture, "longer than it was, for it is being recorded");
        assertFalse(cache.put(key, small()));
        assertFalse(Files.exists(folder));
    }

    /** Cuts and flips every bit of a small answer, and stores an answer under another question's name. */
    @Test
    void whatIsDamagedIsIgnored() throws IOException {
        cache.put(key("findings"), small());
        Path file = only();
        byte[] good = Files.readAllBytes(file);
        for (int cut = 0; cut < good.length; cut++) {
            Files.write(file, java.util.Arrays.copyOf(good, cut));
            assertEquals(Optional.empty(), cache.get(key("findings"), FindingsAnswer.class), "cut at " + cut);
        }
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bad);
            assertEquals(Optional.empty(), cache.get(key("findings"), FindingsAnswer.class), "bit " + bit);
        }
        Files.write(file, good);
        assertTrue(cache.get(key("findings"), FindingsAnswer.class).isPresent());
        Files.move(file, folder.resolve(key("other").digest() + ".kryo"));
        assertEquals(Optional.empty(), cache.get(key("other"), FindingsAnswer.class));
    }

    /** Even with a valid checksum, the result is an answer or none, and allocation is bounded by the bytes. */
    @Test
    void bytesThatAreNoAnswerAreIgnored() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("random cache content: seed " + seed);
        Random random = new Random(seed);
        cache.put(key("findings"), findings(ImportedCapture.folder(Capture.PARTIAL, "snap").snapshots().subList(0, 1)));
        Path file = only();
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(1, 6); n > 0; n--) {
                bad[44 + random.nextInt(Math.min(bad.length - 44, 1 + random.nextInt(bad.length)))] =
                        (byte) random.nextInt();
            }
            Files.write(file, sealed(bad));
            cache.get(key("findings"), FindingsAnswer.class); // an answer or none, but no exception
        }
    }

    private static byte[] sealed(byte[] content) {
        java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
        crc.update(content, 44, content.length - 44);
        java.nio.ByteBuffer.wrap(content).putInt(40, (int) crc.getValue());
        return content;
    }

    @Test
    void isItsOwnersAlone() throws IOException {
        cache.put(key("findings"), small());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(only())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
        Files.setPosixFilePermissions(only(), PosixFilePermissions.fromString("rw-rw----"));
        assertEquals(Optional.empty(), cache.get(key("findings"), FindingsAnswer.class));
        Files.setPosixFilePermissions(only(), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertEquals(Optional.empty(), cache.get(key("findings"), FindingsAnswer.class));
        assertThrows(IOException.class, () -> cache.put(key("findings"), small()));
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        cache.put(key("findings"), small());
        Path elsewhere = Files.move(only(), home.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve(key("findings").digest() + ".kryo"), elsewhere);
        assertEquals(Optional.empty(), cache.get(key("findings"), FindingsAnswer.class));
    }

    @Test
    void anAnswerThatIsTooBigIsNotKept() throws IOException {
        String megabyte = "x".repeat(1 << 20);
        Shortfalls many = new Shortfalls(
                List.of(), java.util.Collections.nCopies(65, megabyte), List.of(), List.of(), List.of());
        assertFalse(cache.put(key("findings"), new FindingsAnswer(small().findings(), many)));
    }

    /** The least recently used answer is deleted; one that was just read stays. */
    @Test
    void theFolderIsBounded() throws IOException {
        String megabyte = "x".repeat(1 << 20);
        Shortfalls many = new Shortfalls(
                List.of(), java.util.Collections.nCopies(60, megabyte), List.of(), List.of(), List.of());
        for (int i = 0; i < 4; i++) {
            cache.put(key("" + i), new FindingsAnswer(small().findings(), many));
            Files.setLastModifiedTime(folder.resolve(key("" + i).digest() + ".kryo"), FileTime.fromMillis(1000L * i));
        }
        assertTrue(cache.get(key("0"), FindingsAnswer.class).isPresent());
        cache.put(key("4"), new FindingsAnswer(small().findings(), many));
        assertEquals(List.of(true, false, true, true, true),
                Stream.of("0", "1", "2", "3", "4").map(q -> {
                    try {
                        return cache.get(key(q), FindingsAnswer.class).isPresent();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }).toList());
    }
}
