package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fixtures.ReelDamage.Seen;
import dev.sockreel.fixtures.ReelDamage;
import dev.sockreel.fixtures.ReelDamages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the commands on every damage of a capture file. The damage is found and located, intact sockets are shown,
 * losses are reported, and the recovered file is clean and calls no incomplete dump complete. One process with a small
 * heap does everything.
 */
@Tag("process")
class DamagedReelTest {
    private static final String HEAP = "-Xmx48m";
    private static final Pattern PLACE =
            Pattern.compile(
                    "(?m)^\\S+: (?:checksum|file-cut|contradiction): byte (\\d+), group (\\d+)(?:, record (\\d+))?"
                            + "(?:, dump \\d+, from datagram (\\d+))?, (?:before the first|after) snapshot");
    private static final Pattern LOST = Pattern.compile("(?m)^lost: (?:(after|before) )?(\\S+Z)(?: to (\\S+Z))?,.*$");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    private static final List<ReelDamage> DAMAGES = new ArrayList<>();
    private static final Map<String, Outcome> OUTCOMES = new HashMap<>();

    /** The output of each command for one file and for the file recovered from it. */
    private record Outcome(
            CommandRun verify, CommandRun show, CommandRun info, CommandRun findings, CommandRun recover,
            CommandRun verifyNew, CommandRun showNew, CommandRun findingsNew) {
        static List<List<String>> commands(Path reel, Path recovered) {
            List<List<String>> all = new ArrayList<>();
            for (Path file : List.of(reel, recovered)) {
                all.add(List.of("verify", file.toString()));
                all.add(List.of("show", file.toString(), "--all", "--format", "ndjson"));
                all.add(List.of("info", file.toString(), "--format", "json"));
                all.add(List.of("findings", file.toString(), "--format", "json"));
            }
            all.set(6, List.of("recover", reel.toString(), "-o", recovered.toString()));
            all.add(4, all.remove(6));
            return all;
        }

        static Outcome of(List<CommandRun> runs) {
            return new Outcome(runs.get(0), runs.get(1), runs.get(2), runs.get(3), runs.get(4), runs.get(5),
                    runs.get(6),
                    runs.get(7));
        }
    }

    /** A row's identity from its own message; values from other dumps may be lost with them. */
    private record Row(Object snapshot, String time, String socket) {
        static Set<Row> of(CommandRun show) {
            return JsonTree.lines(show.out()).stream().map(Row::of).collect(Collectors.toSet());
        }

        private static Row of(Map<String, @Nullable Object> json) {
            String socket = List.of("netid", "state", "local", "inode", "cookie", "recvQ", "sendQ").stream()
                    .map(field -> String.valueOf(json.get(field)))
                    .collect(Collectors.joining(" "));
            return new Row(String.valueOf(json.get("snapshot")), String.valueOf(json.get("time")), socket);
        }
    }

    @BeforeAll
    static void runAll() throws IOException {
        DAMAGES.addAll(ReelDamages.of(Files.readAllBytes(LiveCapture.reel(folder))));
        List<List<String>> commands = new ArrayList<>();
        for (ReelDamage d : DAMAGES) {
            Path reel = Files.write(folder.resolve(d.name() + ".reel"), d.bytes());
            commands.addAll(Outcome.commands(reel, folder.resolve(d.name() + ".recovered.reel")));
        }
        List<CommandRun> runs = ManyCommands.run(HEAP, commands);
        for (int i = 0; i < DAMAGES.size(); i++) {
            OUTCOMES.put(DAMAGES.get(i).name(), Outcome.of(runs.subList(8 * i, 8 * i + 8)));
        }
        printTable();
    }

    private static void printTable() {
        StringBuilder table =
                new StringBuilder("damages of a .reel: verify, rows shown, recover, rows of what it wrote\n");
        for (ReelDamage d : DAMAGES) {
            Outcome o = of(d);
            table.append("  %-22s %d  %4d rows, %d  %d, %4d rows, %d  %s%n".formatted(
                    d.name(), o.verify().exit(), o.show().out().lines().count(), o.show().exit(), o.recover().exit(),
                    o.showNew().out().lines().count(), o.verifyNew().exit(),
                    o.verify().exit() == 3 ? "no capture" : firstFault(o.verify())));
        }
        System.out.print(table);
    }

    private static String firstFault(CommandRun verify) {
        return verify.out().lines().filter(l -> l.contains(": byte ") || l.contains("datagram"))
                .findFirst().map(l -> l.substring(l.indexOf(".reel: ") + 7)).orElse("");
    }

    private static Outcome of(ReelDamage d) {
        Outcome o = OUTCOMES.get(d.name());
        if (o == null) {
            throw new AssertionError(d.name());
        }
        return o;
    }

    private static List<ReelDamage> seen(Seen how) {
        List<ReelDamage> found = DAMAGES.stream().filter(d -> d.seen() == how).toList();
        assertFalse(found.isEmpty());
        return found;
    }

    private static Outcome good() {
        return of(DAMAGES.getFirst());
    }

    @Test
    void controlsAreWhole() {
        for (ReelDamage d : seen(Seen.WHOLE)) {
            Outcome o = of(d);
            for (CommandRun run : List.of(o.verify(), o.show(), o.info(), o.findings(), o.recover(), o.verifyNew(),
                    o.showNew())) {
                run.exits(0);
            }
            assertEquals(good().show().out(), o.show().out(), d.name());
            assertEquals(good().show().out(), o.showNew().out(), d.name());
            assertEquals("", o.recover().out(), d.name());
        }
        assertTrue(good().show().out().lines().count() > 200);
    }

    @Test
    void whatIsNoCaptureIs3() {
        for (ReelDamage d : seen(Seen.NO_CAPTURE)) {
            Outcome o = of(d);
            for (CommandRun run : List.of(o.verify(), o.show(), o.info(), o.recover(), o.verifyNew())) {
                run.exits(3).saysOnly(1);
            }
            assertFalse(Files.exists(folder.resolve(d.name() + ".recovered.reel")), d.name());
        }
    }

    @Test
    void damageOfTheFileIsLocated() {
        for (ReelDamage d : seen(Seen.IN_FILE)) {
            CommandRun verify = of(d).verify().exits(1);
            boolean found = false;
            Matcher m = PLACE.matcher(verify.out());
            while (m.find()) {
                found |= Integer.parseInt(m.group(1)) <= d.at()
                        && is(d.group(), m.group(2)) && is(d.record(), m.group(3)) && is(d.datagram(), m.group(4));
            }
            assertTrue(found, d + ": " + verify);
            assertTrue(covers(d, of(d).info()), d + ": " + verify);
        }
    }

    private static boolean is(int expected, @Nullable String reported) {
        return expected < 0 || (reported != null && Integer.parseInt(reported) == expected);
    }

    /** Returns true if the reported range contains the damaged byte. */
    private static boolean covers(ReelDamage d, CommandRun info) {
        Map<String, @Nullable Object> json = JsonTree.asObjects(JsonTree.parse(info.out())).getFirst();
        if (String.valueOf(json.get("ending")).equals("not-closed")
                && JsonTree.asObjects(json.get("damages")).isEmpty()) {
            return d.at() == d.bytes().length;
        }
        return JsonTree.asObjects(json.get("damages")).stream().anyMatch(damage -> {
            long from = Long.parseLong(String.valueOf(damage.get("offset")));
            return from <= d.at() && d.at() <= from + Long.parseLong(String.valueOf(damage.get("bytes")));
        });
    }

    @Test
    void damageOfADumpIsLocated() {
        for (ReelDamage d : seen(Seen.IN_DUMP)) {
            CommandRun verify = of(d).verify().exits(1);
            String place = "group " + d.group() + ", record " + d.record() + ", datagram " + d.datagram();
            assertTrue(verify.out().contains(place), d + ", " + place + ": " + verify);
            assertFalse(PLACE.matcher(verify.out()).find(), "no damage of the file: " + verify);
        }
    }

    @Test
    void whatIsIntactIsShown() {
        Set<Row> all = Row.of(good().show());
        for (ReelDamage d : DAMAGES) {
            if (d.seen() == Seen.IN_FILE || d.seen() == Seen.IN_DUMP) {
                Set<Row> shown = Row.of(of(d).show().exits(4));
                Set<Row> invented = new HashSet<>(shown);
                invented.removeAll(all);
                assertTrue(invented.isEmpty(), d + " made " + invented);
                Set<Row> missing = new HashSet<>(all);
                missing.removeAll(shown);
                if (d.group() >= 0 && d.seen() == Seen.IN_FILE && !d.name().startsWith("cut")
                        && !d.name().startsWith("no-")) {
                    assertTrue(missing.stream().map(Row::snapshot).distinct().count() <= 1, d + " costs " + missing);
                }
            }
        }
    }

    @Test
    void recoveryWritesACleanFileAndReportsTheLoss() {
        Set<Row> all = Row.of(good().show());
        for (ReelDamage d : seen(Seen.IN_FILE)) {
            Outcome o = of(d);
            o.recover().exits(4);
            assertFalse(PLACE.matcher(o.verifyNew().out()).find(), o.verifyNew()::toString);
            Set<Row> recovered = Row.of(o.showNew());
            assertTrue(recovered.containsAll(Row.of(o.show())), d + " lost more");
            Set<Row> missing = new HashSet<>(all);
            missing.removeAll(recovered);
            for (Row row : missing) {
                assertTrue(isReported(row, o.recover().out()) || isCountedAtTheEnd(d, row, o.recover().out()),
                        d + " does not tell of " + row + ": " + o.recover());
            }
            assertEquals(missing.isEmpty() && !o.recover().out().contains("lost: "), o.recover().out().isEmpty());
        }
        for (ReelDamage d : seen(Seen.IN_DUMP)) {
            Outcome o = of(d);
            o.recover().exits(0);
            o.verifyNew().exits(1);
            assertEquals(o.show().out(), o.showNew().out(), "the file itself is whole: " + d);
        }
    }

    /** Returns true if the row lies in a reported loss; times of equal length compare as strings. */
    private static boolean isReported(Row row, String reported) {
        Matcher m = LOST.matcher(reported);
        boolean inside = false;
        while (m.find()) {
            String first = m.group(2);
            boolean open = m.group(3) == null;
            String from = open && "before".equals(m.group(1)) ? "" : first;
            String to = !open ? m.group(3) : "before".equals(m.group(1)) ? first : "9";
            inside |= from.compareTo(row.time()) <= 0 && row.time().compareTo(to) <= 0;
        }
        return inside;
    }

    /** Returns true if only the count in the row's SnapshotEnd shows that a dump is missing: its time is unknown. */
    private static boolean isCountedAtTheEnd(ReelDamage d, Row row, String reported) {
        return d.name().equals("dump-lost") && reported.contains("Z, snapshot " + row.snapshot() + "\n");
    }

    @Test
    void noDumpOfWhichSomethingIsLostIsComplete() {
        Map<String, String> whole = complete(good().findings());
        assertTrue(whole.size() > 20);
        for (ReelDamage d : DAMAGES) {
            if (d.seen() != Seen.NO_CAPTURE) {
                for (CommandRun findings : List.of(of(d).findings(), of(d).findingsNew())) {
                    complete(findings)
                            .forEach((dump, sockets) -> assertEquals(whole.get(dump), sockets, d + ": " + dump));
                }
            }
        }
    }

    /** Returns the number of sockets of each complete dump, by snapshot and family. */
    private static Map<String, String> complete(CommandRun findings) {
        return JsonTree.asObjects(JsonTree.object(findings.out()).get("dumps")).stream()
                .filter(dump -> "complete".equals(dump.get("verdict")))
                .collect(Collectors.toMap(dump -> dump.get("snapshot") + " " + dump.get("family"),
                        dump -> String.valueOf(dump.get("sockets"))));
    }
}
