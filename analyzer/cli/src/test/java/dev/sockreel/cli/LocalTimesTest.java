package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.LiveCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --local}: local times beside UTC in text, and TIME read as local; a capture of 14:45:15 to 14:45:19 UTC. */
class LocalTimesTest {
    private static final String LISTENER = "127.0.0.1:23877 0.0.0.0:*";
    private static final Pattern BESIDE =
            Pattern.compile("(2026-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)[.0-9]*Z \\(([^)]*)\\)");

    @TempDir
    private Path folder;

    private Path reel = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        reel = LiveCapture.reel(folder);
    }

    private CommandRun run(String command, String... more) {
        return CommandRun.of(reel, command, more);
    }

    static List<List<String>> commands() {
        return List.of(List.of("show"), List.of("ss", "-t"), List.of("diff", "--from", "0"),
                List.of("history", LISTENER), List.of("peers", LISTENER), List.of("findings", "--sockets"),
                List.of("info"));
    }

    private CommandRun run(List<String> command, String... more) {
        List<String> words = new ArrayList<>(command.subList(1, command.size()));
        words.addAll(List.of(more));
        return run(command.getFirst(), words.toArray(String[]::new));
    }

    /** Every command shows a local time; no line gets too long for a terminal by it; without it nothing is added. */
    @ParameterizedTest
    @MethodSource("commands")
    void textShowsItBesideUtc(List<String> command) {
        CommandRun utc = run(command).exits(0);
        CommandRun berlin = run(command, "--local=Europe/Berlin").exits(0);
        String before = utc.out() + utc.err();
        String after = berlin.out() + berlin.err();
        assertTrue(!before.contains("+01:00") && after.contains("15:45:1") && after.contains(" +01:00"), after);
        String without = after.replaceAll(" \\([^()]*\\+01:00\\)", "");
        List<String> added = new ArrayList<>(without.lines().toList());
        before.lines().forEach(added::remove);
        assertTrue(added.stream().allMatch(l -> l.strip().startsWith("local") || l.contains("+01:00")
                || l.contains("LOCAL")), added.toString());
        assertTrue(added.stream().allMatch(l -> l.length() <= 100), added.toString());
    }

    /** The time in brackets is the same moment as the one before them. */
    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "Australia/Sydney", "America/St_Johns", "+05:45", "Asia/Kolkata"})
    void itIsTheSameMoment(String zone) {
        CommandRun diff = run("diff", "--from", "0", "--local=" + zone).exits(0);
        Matcher beside = BESIDE.matcher(diff.out());
        int found = 0;
        while (beside.find()) {
            Instant at = Instant.parse(beside.group(1) + "Z");
            String local = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx").format(at.atZone(ZoneId.of(zone)));
            boolean otherDay = !local.startsWith(beside.group(1).substring(0, 10));
            assertEquals(otherDay ? local : local.substring(11), beside.group(2));
            found++;
        }
        assertEquals(2, found, diff.out());
    }

    /** Formats for programs stay in UTC. */
    @ParameterizedTest
    @MethodSource("commands")
    void programsGetUtc(List<String> command) {
        for (String format : List.of("json", "ndjson", "csv")) {
            if (!command.getFirst().equals("ss")) {
                assertEquals(run(command, "--format", format).exits(0).out(),
                        run(command, "--format", format, "--local=Asia/Tokyo").exits(0).out());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "15:45:18, Europe/Berlin, 15:45:18 read as 2026-11-22T15:45:18+01:00 (14:45:18Z)",
        "01:45:18, Australia/Sydney, 01:45:18 read as 2026-11-23T01:45:18+11:00 (14:45:18Z)",
        "2026-11-22 15:45:18, Europe/Berlin, 2026-11-22 15:45:18 read as 2026-11-22T15:45:18+01:00 (14:45:18Z)",
        "14:45:18Z, Europe/Berlin, 14:45:18Z read as 2026-11-22T14:45:18Z (UTC)",
        "2026-11-22T14:45:18Z, Europe/Berlin,"
    })
    void aTimeIsReadAsLocal(String time, String zone, String said) {
        for (List<String> command : List.of(List.of("show"), List.of("ss", "-t"), List.of("peers", LISTENER),
                List.of("export", "--to", "csv", "-o", "OUT"))) {
            List<String> words = command.stream()
                    .map(w -> w.equals("OUT") ? folder.resolve("o" + System.nanoTime()).toString() : w).toList();
            CommandRun run = run(words, "--at", time, "--local=" + zone).exits(0);
            assertEquals(said == null ? 0 : 1, run.err().lines().filter(l -> l.equals(said)).count(), run.toString());
            assertTrue((run.out() + run.err()).contains("snapshot 2, "), run.toString());
        }
        for (List<String> command : List.of(List.of("show"), List.of("findings"), List.of("history", LISTENER),
                List.of("diff", "--to", "4"), List.of("report", "-o", "OUT"))) {
            List<String> words = command.stream()
                    .map(w -> w.equals("OUT") ? folder.resolve("o" + System.nanoTime()).toString() : w).toList();
            CommandRun run = run(words, "--from", time, "--local=" + zone).exits(0);
            assertEquals(said == null ? 0 : 1, run.err().lines().filter(l -> l.equals(said)).count(), run.toString());
        }
    }

    /** The answer of a cache says how a time was read, too. */
    @Test
    void aCacheDoesNotHideHowATimeWasRead() {
        String cache = folder.resolve("cache").toString();
        for (int i = 0; i < 2; i++) {
            CommandRun run = run("findings", "--from", "14:45:17", "--cache", cache).exits(0);
            assertTrue(run.err().startsWith("14:45:17 read as 2026-11-22T14:45:17Z (UTC)\n"), run.toString());
        }
    }

    /** Without = the zone is that of the machine, and the next word is a file. */
    @Test
    void theNextWordIsNoZone() {
        ZoneId zone = ZoneId.systemDefault();
        String offset = DateTimeFormatter.ofPattern("xxx").format(Instant.parse("2026-11-22T14:45:19Z").atZone(zone));
        for (List<String> words : List.of(List.of("show", "--local", reel.toString(), "-t"),
                List.of("show", reel.toString(), "--local"), List.of("show", reel.toString(), "--local", "-t"),
                List.of("show", reel.toString(), "--local", "unread", ">", "0"))) {
            CommandRun run = CommandRun.of(words.toArray(String[]::new)).exits(0);
            assertTrue(run.err().lines().findFirst().orElse("").endsWith(" " + offset + ")"), run.toString());
        }
        CommandRun wrong = CommandRun.of("show", "--local=Berlin", reel.toString()).exits(2);
        assertTrue(wrong.err().contains("\"Berlin\" is no time zone: use Europe/Berlin, UTC or +01:00"),
                wrong.toString());
    }

    @Test
    void aReportHasALineOfIt() throws IOException {
        Path page = folder.resolve("page.html");
        run("report", "-o", page.toString(), "--local=Europe/Berlin").exits(0);
        assertTrue(Files.readString(page).contains("Local time 15:45:15 +01:00 to 15:45:19 +01:00"));
    }
}
