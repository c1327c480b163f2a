package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --from} and {@code --to} of show, export and report, on a live capture of five snapshots. */
class RangesTest {
    @TempDir
    private Path folder;

    private Path reel = Path.of("");
    private int files;

    @BeforeEach
    void unpack() throws IOException {
        reel = LiveCapture.reel(folder);
    }

    private Path export(String format, String... more) {
        Path out = folder.resolve("out-" + files++);
        List<String> words = new ArrayList<>(List.of("--to", format, "-o", out.toString()));
        words.addAll(List.of(more));
        CommandRun.of(reel, "export", words.toArray(String[]::new)).exits(0);
        return out;
    }

    /** A range is what its snapshots are one by one, in every order of the two meanings of --to. */
    @ParameterizedTest
    @CsvSource({
        "--from 1 --to 3, 1, 3", "--to 1, 0, 1", "--from 3, 3, 4", "--from -2s --to -1s, 2, 3",
        "--from=0 --to=99, 0, 4",
        "--from 12:00 --to 14:45:18, 0, 2"
    })
    void anExportIsItsSnapshotsOneAfterAnother(String options, int from, int to) throws IOException {
        String[] range = options.split(" ", -1);
        for (String format : List.of("ndjson", "csv")) {
            StringBuilder expected = new StringBuilder();
            for (int i = from; i <= to; i++) {
                String one = Files.readString(export(format, "--snapshot", Integer.toString(i)));
                boolean headed = format.equals("csv") && i > from;
                expected.append(headed ? one.substring(one.indexOf('\n') + 1) : one);
            }
            assertEquals(expected.toString(), Files.readString(export(format, range)));
            assertEquals(expected.toString(), CommandRun.of(reel, "show",
                    words(range, "--format", format)).exits(0).out());
        }
    }

    private static String[] words(String[] range, String... more) {
        List<String> all = new ArrayList<>(List.of(range));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Several dumps in one file are several snapshots again. */
    @ParameterizedTest
    @ValueSource(strings = {"ss-dump", "pcapng"})
    void whatImportReadsIsTheSameSnapshots(String format) throws IOException {
        Path back = folder.resolve("back.reel");
        CommandRun.of(export(format, "--from", "1", "--to", "3"), "import", "-o", back.toString()).exits(0);
        for (int i = 0; i < 3; i++) {
            assertEquals(tcp(reel, i + 1), tcp(back, i));
        }
        CommandRun.of(back, "show", "--snapshot", "3").exits(3);
    }

    private static Set<String> tcp(Path reel, int snapshot) {
        List<Map<String, @Nullable Object>> all = JsonTree.lines(CommandRun.of(reel, "show", "--snapshot",
                Integer.toString(snapshot), "-t", "--format", "ndjson").exits(0).out());
        assertFalse(all.isEmpty());
        return all.stream()
                .map(s -> s.get("cookie") + " " + s.get("state") + " " + s.get("recvQ") + " " + s.get("peer"))
                .collect(Collectors.toSet());
    }

    @Test
    void ssReadsTheFirstOfSeveralDumps() {
        Path out = folder.resolve("some.dump");
        CommandRun run = CommandRun.of(reel, "export", "--to", "ss-dump", "-o", out.toString(), "--to", "1").exits(0);
        assertTrue(run.err().contains(", of 2 snapshots\nss reads the first dump of the file alone"), run.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--to csv --to ndjson", "--to 3", "--to csv --to 1 --to 2", "--to frob", "--to csv --from 3 --to 1",
        "--to csv --from 1 --at -1s", "--to csv --from 1 --all", "--to csv --to 3 --snapshot 1", "--to csv --from soon"
    })
    void whatIsNoRangeIsAWrongCommandLine(String options) {
        Path out = folder.resolve("none");
        CommandRun.of(reel, "export", words(options.split(" ", -1), "-o", out.toString())).exits(2).saysOnly(2);
        assertFalse(Files.exists(out));
    }

    @Test
    void aRangeOutsideIsRefused() {
        Path out = folder.resolve("none");
        for (List<String> command : List.of(List.of("show"), List.of("export", "--to", "csv", "-o", out.toString()),
                List.of("report", "-o", out.toString()))) {
            List<String> words = new ArrayList<>(command.subList(1, command.size()));
            words.addAll(List.of("--from", "7"));
            CommandRun run = CommandRun.of(reel, command.getFirst(), words.toArray(String[]::new)).exits(3);
            assertTrue(run.err().contains(" has no snapshot from 7: it has snapshots 0 to 4, from "), run.toString());
            assertEquals("", run.out());
            assertFalse(Files.exists(out));
        }
    }

    /** The page counts what findings of the same range count, and says what it leaves out. */
    @Test
    void aReportSaysItsRange() throws IOException {
        Path page = folder.resolve("page.html");
        CommandRun run = CommandRun.of(reel, "report", "--from", "1", "--to", "3", "-o", page.toString()).exits(0);
        assertTrue(run.err().contains(" in 3 snapshots"), run.toString());
        String html = Files.readString(page);
        assertTrue(html.contains("Only snapshots 1 to 3 of snapshots 0 to 4, from 2026-11-22T14:45:15.428948913Z to "
                + "2026-11-22T14:45:19.441578304Z"), "the page says so");
        Map<String, @Nullable Object> findings = JsonTree.object(CommandRun.of(
                reel, "findings", "--from", "1", "--to", "3", "--format", "json").exits(0).out());
        int causes = JsonTree.asObjects(findings.get("causes")).size();
        assertTrue(run.err().startsWith(causes + " cause"), run.toString());
        Path whole = folder.resolve("whole.html");
        CommandRun.of(reel, "report", "-o", whole.toString()).exits(0);
        assertFalse(Files.readString(whole).contains("Only snapshot"));
    }
}
