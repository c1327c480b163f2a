package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.field.SocketFields;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.history.Counters;
import dev.sockreel.peers.OtherEnd;
import dev.sockreel.render.SocketCells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every command in every format and compares what it prints with OUTPUT.md, in both directions. */
class OutputDocTest {
    private static final int FEW = 4;

    @TempDir
    private static Path folder;

    private static Path live = Path.of("");
    private static Path recovered = Path.of("");
    private static int outputs;

    @BeforeAll
    static void captures() throws IOException {
        live = LiveCapture.reel(folder);
        recovered = folder.resolve("recovered.reel");
        CommandRun.of(Captures.CUT, "recover", "-o", recovered.toString());
    }

    static Stream<String> commands() {
        return OutputDoc.commands();
    }

    private static List<Path> readable() {
        return List.of(Captures.WHOLE, Captures.TRUNCATED, Captures.UNAVAILABLE, Captures.PARTIAL, Captures.CUT,
                Captures.FLIPPED, live, recovered);
    }

    /** Returns the command lines whose output is compared, without the format. */
    private static List<List<String>> runs(String command) {
        return switch (command) {
            case "probe" -> List.of(List.of("probe"));
            case "show" -> each(readable(), "show", "--all");
            case "import" -> List.of(
                    importing(Capture.unpack(Capture.MODS).resolve("raw")),
                    importing(Capture.unpack(Capture.MODS).resolve("snap")));
            case "recover" -> Stream.of(Captures.WHOLE, Captures.CUT, Captures.FLIPPED)
                    .map(f -> List.of("recover", f.toString(), "-o", output()))
                    .toList();
            case "history" -> {
                List<List<String>> all = ofSockets("history");
                List<String> two = new ArrayList<>(all.getFirst());
                two.add(1, Captures.WHOLE.toString());
                two.add("--same-boot");
                all.add(two);
                yield all;
            }
            case "peers" -> ofSockets("peers");
            case "peers of all sockets" -> each(List.of(Captures.WHOLE, live), "peers");
            case "diff" -> Stream.concat(
                    each(List.of(Captures.WHOLE, Captures.CUT, live), "diff").stream(),
                    each(List.of(Captures.TRUNCATED, Captures.CUT), "diff", "--from", "0", "--to", "2").stream())
                    .toList();
            default -> each(readable(), command);
        };
    }

    private static List<List<String>> each(List<Path> files, String command, String... more) {
        return files.stream()
                .map(f -> Stream.concat(Stream.of(command, f.toString()), Arrays.stream(more)).toList())
                .toList();
    }

    private static List<String> importing(Path source) {
        return List.of("import", source.toString(), "-o", output());
    }

    private static String output() {
        return folder.resolve("out" + ++outputs).toString();
    }

    /** Returns a command line for a few sockets of each kind and state. */
    private static List<List<String>> ofSockets(String command) {
        List<List<String>> all = new ArrayList<>();
        for (Path file : List.of(live, Captures.CUT)) {
            JsonTree.lines(CommandRun.of(file, "show", "--all", "--format", "ndjson").out()).stream()
                    .filter(s -> s.get("cookie") != null)
                    .collect(Collectors.groupingBy(s -> s.get("netid") + " " + s.get("state") + s.get("waiting")))
                    .values()
                    .stream()
                    .flatMap(kind -> kind.stream().map(s -> s.get("cookie")).distinct().limit(FEW))
                    .forEach(cookie -> all.add(new ArrayList<>(List.of(command, file.toString(), "cookie:" + cookie))));
        }
        return all;
    }

    private static CommandRun run(List<String> line, String format) {
        List<String> words = new ArrayList<>(line);
        words.addAll(List.of("--format", format));
        if (words.contains("-o")) {
            words.set(words.indexOf("-o") + 1, output());
        }
        CommandRun run = CommandRun.of(words.toArray(String[]::new));
        assertTrue(Set.of(0, 1, 4).contains(run.exit()), run::toString);
        return run;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void jsonHasTheKeysThatAreDocumented(String command) {
        OutputDoc doc = OutputDoc.of(command);
        List<OutputDoc.Key> keys = doc.keys.stream().filter(k -> k.isIn("json")).toList();
        PrintedKeys printed = new PrintedKeys(keys, doc.isOfSockets());
        for (List<String> line : runs(command)) {
            CommandRun run = run(line, "json");
            Object value = JsonTree.parse(run.out());
            List<?> objects = value instanceof List<?> list ? list : List.of(Objects.requireNonNull(value));
            objects.forEach(o -> printed.check(JsonTree.asObject(o), run::toString));
        }
        Set<OutputDoc.Key> missed = keys.stream()
                .filter(k -> !k.isRare() && !printed.seen().contains(k))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), missed, "never printed with a value, and not marked as rare");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void ndjsonHasTheKeysThatAreDocumented(String command) {
        OutputDoc doc = OutputDoc.of(command);
        PrintedKeys printed = new PrintedKeys(doc.lineKeys(), doc.isOfSockets());
        for (List<String> line : runs(command)) {
            CommandRun run = run(line, "ndjson");
            JsonTree.lines(run.out()).forEach(o -> printed.check(o, run::toString));
        }
        assertTrue(doc.keys.isEmpty() || !printed.seen().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void csvHasTheColumnsThatAreDocumented(String command) throws IOException {
        List<String> columns = OutputDoc.of(command).columns(SocketCells.COLUMNS);
        int lines = 0;
        for (List<String> line : runs(command).stream().limit(40).toList()) {
            CommandRun run = run(line, "csv");
            List<CSVRecord> records = CSVParser.parse(run.out(), CSVFormat.RFC4180).getRecords();
            assertEquals(columns, records.getFirst().toList(), run::toString);
            records.forEach(r -> assertEquals(columns.size(), r.size(), run::toString));
            lines += records.size() - 1;
        }
        assertTrue(lines > 0);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyColumnHasAMeaning(String command) {
        OutputDoc doc = OutputDoc.of(command);
        Set<String> known = new TreeSet<>(doc.keys.stream().map(OutputDoc.Key::lastName).toList());
        doc.keys.forEach(k -> k.path().forEach(w -> known.add(w.replace("[]", ""))));
        SocketFields.ALL.forEach(f -> known.add(f.name()));
        Counters.GROWING.forEach(f -> known.add(f.name()));
        Counters.LEVELS.forEach(f -> known.add(f.name()));
        Set<String> columns = new TreeSet<>(doc.columns(SocketCells.COLUMNS));
        columns.removeAll(known);
        columns.remove("family"); // of info, whose JSON has it as a key
        assertEquals(Set.of(), columns);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void keysAreInOneStyle(String command) {
        for (OutputDoc.Key key : OutputDoc.of(command).keys) {
            key.path().forEach(w -> assertTrue(w.matches("[a-z]+([A-Z][a-z]*)*(\\[])?|[A-Z]+"), key::toString));
        }
    }

    @Test
    void commandsWithAFormatAreDocumented() {
        Set<String> withFormat = Main.commandLine(new Main()).getSubcommands().entrySet().stream()
                .filter(e -> e.getValue().getCommandSpec().findOption("--format") != null)
                .map(e -> e.getKey())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> documented = commands().map(c -> c.replaceFirst(" .*", "")).collect(Collectors.toSet());
        assertEquals(new TreeSet<>(documented), withFormat);
    }

    @Test
    void countersAndKindsAreNamed() throws IOException {
        String doc = Files.readString(Path.of("OUTPUT.md"));
        Counters.GROWING.forEach(f -> assertTrue(doc.contains("`" + f.name() + "`"), f.name()));
        Arrays.stream(OtherEnd.Kind.values()).forEach(k -> assertTrue(doc.contains("`" + k.id() + "`"), k.id()));
        assertFalse(doc.contains("\t"));
    }
}
