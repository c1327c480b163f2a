package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.Fault;
import dev.sockreel.fixtures.Damage;
import dev.sockreel.fixtures.Damages;
import dev.sockreel.fixtures.Sample;
import dev.sockreel.source.sink.SourceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports damaged dumps: structural damage is reported, and no import fails unexpectedly. */
class DamagedDumpTest {
    /** Damages that only change values in valid messages, which nothing in a dump reveals. */
    private static final Set<String> UNDETECTABLE = Set.of("state", "flip-addr");

    /** Damages without a single place: refused files, controls, and those with twenty places. */
    private static final Set<String> NO_PLACE =
            Set.of("empty", "garbage", "text", "zeros", "good", "twice", "flip-20");

    @TempDir
    private Path folder;

    private interface Source {
        Path of(byte[] bytes) throws IOException;
    }

    private Path ssDump(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("ss.D"), bytes);
    }

    /** Writes a datagram log of one datagram without a request. */
    private Path datagramLog(byte[] bytes) throws IOException {
        Path log = Files.createDirectories(folder.resolve("log"));
        Files.write(log.resolve("unix.bin"), bytes);
        Files.writeString(log.resolve("index.tsv"),
                "#name\trecv\toffset\tlength\tmsg_flags\tbufsize\trealtime_ns\tremark\n"
                        + "unix\t0\t0\t" + bytes.length + "\t0x0\t32768\t1\t\n");
        return log;
    }

    private static String outcome(Source source, byte[] bytes) throws IOException {
        try {
            ImportedCapture capture = ImportedCapture.of(source.of(bytes));
            assertEquals(0, capture.damages(), "the capture made of it is whole");
            assertTrue(capture.report().messages().stream().anyMatch(m -> m.contains("has no checksums")));
            return capture.dumps().stream()
                    .map(DamagedDumpTest::outcome)
                    .collect(Collectors.joining("; "));
        } catch (SourceException e) {
            return "refused: " + String.valueOf(e.getMessage()).replaceAll("\\S*/", "");
        }
    }

    private static String outcome(Dump dump) {
        return dump.verdict().id() + " " + dump.sockets()
                + dump.faults().stream().map(Fault::kind).map(k -> " " + k.id()).distinct()
                        .collect(Collectors.joining());
    }

    private static Map<String, String> table(Source source, Sample sample) throws IOException {
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (Damage d : Damages.of(sample.bytes())) {
            outcomes.put(d.name(), outcome(source, d.bytes()));
        }
        assertEquals(24, outcomes.size());
        StringBuilder table = new StringBuilder("damages of " + sample + "\n");
        outcomes.forEach((name, outcome) -> table.append("  %-13s %s%n".formatted(name, outcome)));
        System.out.print(table);
        return outcomes;
    }

    private static void check(Map<String, String> outcomes, String whole) {
        assertEquals(whole, outcomes.get("good"));
        outcomes.forEach((name, outcome) -> {
            boolean silent = outcome.startsWith("complete") && !outcome.contains(";");
            if (UNDETECTABLE.contains(name)) {
                assertEquals(whole, outcome, name);
            } else if (!Set.of("good", "twice").contains(name)) {
                assertFalse(silent, name + ": " + outcome);
            }
        });
        assertTrue(String.valueOf(outcomes.get("done-early")).contains("wrong-sequence"), outcomes.toString());
        assertTrue(String.valueOf(outcomes.get("intr")).startsWith("interrupted"), outcomes.toString());
        assertTrue(String.valueOf(outcomes.get("error")).contains("enobufs")
                || String.valueOf(outcomes.get("error")).contains("wrong-sequence"), outcomes.toString());
        for (String cut : List.of("cut-body", "cut-header", "cut-boundary", "no-done")) {
            assertTrue(String.valueOf(outcomes.get(cut)).contains("no-done"), cut + ": " + outcomes.get(cut));
        }
        for (String noise : List.of("empty", "garbage", "text", "zeros")) {
            assertTrue(String.valueOf(outcomes.get(noise)).startsWith("refused"), noise + ": " + outcomes.get(noise));
        }
    }

    @Test
    void asSsDumps() throws IOException {
        Map<String, String> outcomes = table(this::ssDump, Sample.COMPLETE_TCP4);
        check(outcomes, "complete 57");
        assertEquals("complete 57; complete 57", outcomes.get("twice"));
    }

    @Test
    void asSsDumpsOfIpv6() throws IOException {
        Map<String, String> outcomes = table(this::ssDump, Sample.COMPLETE_TCP6);
        check(outcomes, "complete 11");
        assertEquals("complete 11; complete 11", outcomes.get("twice"));
    }

    /** Imports the dumps as logs; "twice" then has two dumps in one datagram, which no kernel sends. */
    @Test
    void asDatagramLogs() throws IOException {
        Map<String, String> outcomes = table(this::datagramLog, Sample.COMPLETE_UNIX);
        check(outcomes, "complete 10");
        assertTrue(String.valueOf(outcomes.get("twice")).startsWith("truncated 10 "), outcomes.get("twice"));
    }

    /** Returns the offset of each message; damages in the middle are reported there. */
    private static List<Integer> messages(byte[] dump) {
        List<Integer> starts = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(dump).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < dump.length; at += (in.getInt(at) + 3) & ~3) {
            starts.add(at);
        }
        return starts;
    }

    private static List<String> places(Path source) throws IOException {
        return ImportedCapture.of(source).dumps().stream()
                .flatMap(d -> d.faults().stream())
                .map(Fault::where)
                .toList();
    }

    /** Reports name the byte of the file, or datagram and byte where datagrams are known. */
    @Test
    void everyStructuralDamageIsReportedWithItsByte() throws IOException {
        assertEquals(15,
                reported(this::ssDump, Sample.COMPLETE_TCP4, "byte %d of the source", "byte %d of the source"));
        assertEquals(15,
                reported(this::ssDump, Sample.COMPLETE_TCP6, "byte %d of the source", "byte %d of the source"));
        assertEquals(15, reported(this::datagramLog, Sample.COMPLETE_UNIX, "datagram 0, byte %d", "after datagram 0"));
    }

    /** @param atEnd place reported where the dump ends too early */
    private static int reported(Source source, Sample sample, String inside, String atEnd) throws IOException {
        byte[] dump = sample.bytes();
        int middle = messages(dump).get(messages(dump).size() / 2);
        int reported = 0;
        for (Damage d : Damages.of(dump)) {
            if (!NO_PLACE.contains(d.name()) && !UNDETECTABLE.contains(d.name())) {
                int at = d.name().equals("no-done") ? d.bytes().length : middle;
                String place = String.format(Locale.ROOT, at == d.bytes().length ? atEnd : inside, at);
                List<String> places = places(source.of(d.bytes()));
                assertTrue(places.stream().anyMatch(p -> p.endsWith(place)), d + ", " + place + ": " + places);
                reported++;
            }
        }
        return reported;
    }

    /** Only flipped bits in a length or in the order are reported. */
    @Test
    void mostOfTwentyFlipsChangeValuesAlone() throws IOException {
        for (Sample sample : List.of(Sample.COMPLETE_TCP4, Sample.COMPLETE_TCP6)) {
            byte[] flipped = Damages.of(sample.bytes()).stream()
                    .filter(d -> d.name().equals("flip-20")).findFirst().orElseThrow().bytes();
            List<String> places = places(ssDump(flipped));
            assertTrue(!places.isEmpty() && places.size() <= 3, sample + ": " + places);
        }
    }

    /** A second dump in the file: its bytes count from the file's begin. */
    @Test
    void bytesAreThoseOfTheWholeSource() throws IOException {
        byte[] first = Sample.COMPLETE_TCP4.bytes();
        byte[] second = Sample.COMPLETE_TCP6.bytes();
        int middle = messages(second).get(messages(second).size() / 2);
        byte[] damaged =
                Damages.of(second).stream().filter(d -> d.name().equals("rta-len")).findFirst().orElseThrow().bytes();
        byte[] both = Arrays.copyOf(first, first.length + damaged.length);
        System.arraycopy(damaged, 0, both, first.length, damaged.length);
        assertTrue(first.length > 32 * 1024 || both.length > 32 * 1024, "more than one chunk");
        assertEquals(List.of("byte " + (first.length + middle) + " of the source"), places(ssDump(both)));
    }

    /** Most flipped bits only change a value, which an ss dump does not reveal; measures the share that is found. */
    @Test
    void aFlippedBitIsSeldomSeen() throws IOException {
        byte[] whole = Sample.COMPLETE_TCP6.bytes();
        int flips = 0;
        int seen = 0;
        for (int bit = 0; bit < 8 * whole.length; bit += 8 * whole.length / 250) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            String outcome = outcome(this::ssDump, flipped);
            List<String> places = outcome.startsWith("refused") ? List.of() : places(ssDump(flipped));
            boolean reported = !outcome.equals("complete 11");
            assertEquals(reported && !outcome.startsWith("refused"), !places.isEmpty(), "bit " + bit + ": " + outcome);
            flips++;
            seen += reported ? 1 : 0;
        }
        System.out.println("flipped bits of an ss dump: " + seen + " of " + flips + " are seen");
        assertTrue(seen > 0 && seen < flips / 2, seen + " of " + flips);
    }

    /** DAMAGE.md has the table that this prints. */
    @Test
    void theTableIsInTheDocs() throws IOException {
        List<String> rows = new ArrayList<>();
        for (Damage d : Damages.of(Sample.COMPLETE_TCP4.bytes())) {
            String outcome = outcome(this::ssDump, d.bytes());
            String reported = outcome.startsWith("refused") ? "refused" : outcome.replaceAll(" ?[0-9]+", "");
            rows.add("| `%s` | %s | %s |".formatted(
                    d.name(), d.what(), UNDETECTABLE.contains(d.name()) ? "**nothing**: " + reported : reported));
        }
        List<String> doc = Files.readAllLines(Path.of("DAMAGE.md")).stream().filter(l -> l.startsWith("| `")).toList();
        assertEquals(String.join("\n", rows), String.join("\n", doc));
    }

    @Test
    void noCutIsComplete() throws IOException {
        byte[] whole = Sample.COMPLETE_TCP6.bytes();
        int cuts = 0;
        for (int length = 1; length < whole.length; length += 23) {
            String outcome = outcome(this::ssDump, Arrays.copyOf(whole, length));
            assertFalse(outcome.startsWith("complete"), length + " of " + whole.length + " bytes: " + outcome);
            cuts++;
        }
        assertTrue(cuts > 100, "cuts " + cuts);
    }

    /** The samples cut by small buffers, all datagrams in one file: they cannot be walked as one stream. */
    @Test
    void truncatedDatagramsInAStreamAreNotComplete() throws IOException {
        for (Sample sample : List.of(Sample.TRUNCATED_1K_ALL_RECEIVES, Sample.TRUNCATED_1K_FIRST_RECEIVE)) {
            String outcome = outcome(this::ssDump, sample.bytes());
            assertFalse(outcome.startsWith("complete"), sample + ": " + outcome);
        }
    }
}
