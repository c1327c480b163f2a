package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Damage;
import dev.sockreel.fixtures.Damages;
import dev.sockreel.fixtures.Sample;
import dev.sockreel.snapshot.Dump;
import dev.sockreel.snapshot.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps that something happened to: whatever changes their structure is told, and no import ends in a surprise. */
class DamagedDumpTest {
    /** Controls, and other values in whole messages: nothing in a dump says that they are not the kernel's. */
    private static final Set<String> UNDETECTABLE = Set.of("state", "flip-addr");

    @TempDir
    private Path folder;

    private interface Source {
        Path of(byte[] bytes) throws IOException;
    }

    private Path ssDump(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("ss.D"), bytes);
    }

    /** One datagram, as a program that logs them would have written it; no request. */
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
            return capture.dumps().stream()
                    .map(DamagedDumpTest::outcome)
                    .collect(Collectors.joining("; "));
        } catch (SourceException e) {
            return "refused: " + String.valueOf(e.getMessage()).replaceAll("\\S*/", "");
        }
    }

    private static String outcome(Dump dump) {
        return dump.verdict().id() + " " + dump.sockets()
                + dump.faults().stream().map(Fault::kind).map(k -> " " + k.id()).distinct().collect(Collectors.joining());
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

    /** There the two dumps stand in one datagram, which no kernel sends. */
    @Test
    void asDatagramLogs() throws IOException {
        Map<String, String> outcomes = table(this::datagramLog, Sample.COMPLETE_UNIX);
        check(outcomes, "complete 10");
        assertTrue(String.valueOf(outcomes.get("twice")).startsWith("truncated 10 "), outcomes.get("twice"));
    }

    @Test
    void noCutIsComplete() throws IOException {
        byte[] whole = Sample.COMPLETE_TCP6.bytes();
        int cuts = 0;
        for (int length = 1; length < whole.length; length += 23) {
            String outcome = outcome(this::ssDump, java.util.Arrays.copyOf(whole, length));
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
