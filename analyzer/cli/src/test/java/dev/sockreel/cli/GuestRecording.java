package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of the recorder in a guest booted by {@code analyzer/guest/run}, and the commands' output for its file here.
 *
 * @param folder the guest's results
 * @param name   name of the run in the guest's init
 */
record GuestRecording(Path folder, String name) {
    /** @param guest nomods, partial or mods */
    private static GuestRecording of(String guest, String name) {
        String results = System.getProperty("guest.results");
        assertNotNull(results, "analyzer/guest/run boots the guests and sets the folder of their results");
        return new GuestRecording(Path.of(results, guest), name);
    }

    /** Returns the run and prints each command's output for people, with a few sockets of each kind. */
    static GuestRecording printed(String guest, String name) {
        GuestRecording recording = of(guest, name);
        recording.print();
        return recording;
    }

    private void print() {
        System.out.println("== " + folder.getFileName() + ": record, " + name + "\n" + recorder().err());
        for (String command : List.of("info", "verify", "findings")) {
            CommandRun run = run(command);
            System.out.println("-- " + command + ", exit " + run.exit() + "\n" + head(run.out(), 40) + run.err());
        }
        CommandRun show = run("show");
        System.out.println("-- show, exit " + show.exit() + "\n" + fewOfEachKind(show.out()) + show.err());
    }

    private String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String ending) {
        return text(folder.resolve(name + ending));
    }

    /** Returns the recorder's output and exit code, as if it had run here. */
    CommandRun recorder() {
        return new CommandRun(List.of(name), Integer.parseInt(text(".exit").strip()), text(".out"), text(".err"));
    }

    /** Returns /proc/modules from the guest's own cat. */
    String modulesBefore() {
        return text(".modules-before");
    }

    String modulesAfter() {
        return text(".modules-after");
    }

    /** Returns the names of modules loaded while the recorder ran. */
    Set<String> modulesLoaded() {
        Set<String> loaded = new HashSet<>(names(modulesAfter()));
        loaded.removeAll(names(modulesBefore()));
        return loaded;
    }

    static Set<String> names(String modules) {
        return modules.lines().map(l -> l.replaceFirst(" .*", "")).collect(Collectors.toSet());
    }

    /** Runs {@code sockreel COMMAND FILE MORE…} on this machine. */
    CommandRun run(String command, String... more) {
        return CommandRun.of(folder.resolve(name + ".reel"), command, more);
    }

    /** Returns the rows of {@code show} for the last snapshot, with the truth from the guest. */
    MakerTruth sockets() {
        String rows = run("show", "--format", "ndjson").exits(0).out();
        return MakerTruth.of(rows, text(folder.resolve("truth.jsonl")));
    }

    /** Returns what {@code info} says about each family. */
    Map<String, @Nullable Object> families() {
        Map<String, @Nullable Object> info = JsonTree.object(run("info", "--format", "ndjson").exits(0).out());
        return JsonTree.asObject(info.get("families"));
    }

    List<Map<String, @Nullable Object>> findings() {
        CommandRun run = run("findings", "--format", "json").exits(0);
        return JsonTree.asObjects(JsonTree.object(run.out()).get("findings"));
    }

    List<Snapshot> snapshots() throws IOException {
        List<Snapshot> all = new ArrayList<>();
        try (SnapshotReader reader = SnapshotReader.open(folder.resolve(name + ".reel"))) {
            for (Snapshot s = reader.next(); s != null; s = reader.next()) {
                all.add(s);
            }
        }
        return all;
    }

    private static String head(String text, int lines) {
        long more = text.lines().count() - lines;
        return text.lines().limit(lines).collect(Collectors.joining("\n", "", "\n"))
                + (more > 0 ? "(and " + more + " more lines)\n" : "");
    }

    /** Keeps the first rows of each NETID and STATE, and all footnotes, which begin differently. */
    private static String fewOfEachKind(String table) {
        Set<String> seen = new HashSet<>();
        return table.lines()
                .filter(l -> l.startsWith("?: ") || seen.add(l.replaceFirst("^(\\S+ +\\S+).*", "$1")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Returns the state of each family's handler by {@code probe} in the guest, and checks that it loaded nothing. */
    static Map<String, String> probe(String guest) {
        GuestRecording probe = of(guest, "probe");
        String output = probe.recorder().exits(0).out();
        System.out.println("== " + guest + ": probe\n" + output);
        assertEquals(probe.modulesBefore(), probe.modulesAfter(), "probe loads no module");
        Map<String, String> states = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^([a-z0-9-]+) +(loaded|loadable|missing|unknown)\\b").matcher(output);
        while (row.find()) {
            states.put(row.group(1), row.group(2));
        }
        assertTrue(states.size() > 20, output);
        return states;
    }
}
