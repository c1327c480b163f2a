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
 * One run of the recorder in a guest that {@code analyzer/guest/run} booted, and what the commands say of its file here.
 *
 * @param folder what the guest left
 * @param name   that the guest's init gave the run
 */
record GuestRecording(Path folder, String name) {
    /** @param guest nomods, partial or mods */
    private static GuestRecording of(String guest, String name) {
        String results = System.getProperty("guest.results");
        assertNotNull(results, "analyzer/guest/run boots the guests and tells where their results are");
        return new GuestRecording(Path.of(results, guest), name);
    }

    /** The same, when it has printed for people what each command says of it, sockets as a few rows of each kind. */
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

    /** What the recorder printed and how it ended, as a command that ran here. */
    CommandRun recorder() {
        return new CommandRun(List.of(name), Integer.parseInt(text(".exit").strip()), text(".out"), text(".err"));
    }

    /** /proc/modules as the guest's own cat saw it. */
    String modulesBefore() {
        return text(".modules-before");
    }

    String modulesAfter() {
        return text(".modules-after");
    }

    /** Names of modules that came while the recorder ran. */
    Set<String> modulesLoaded() {
        Set<String> loaded = new HashSet<>(names(modulesAfter()));
        loaded.removeAll(names(modulesBefore()));
        return loaded;
    }

    static Set<String> names(String modules) {
        return modules.lines().map(l -> l.replaceFirst(" .*", "")).collect(Collectors.toSet());
    }

    /** {@code sockreel COMMAND FILE MORE…}, on this machine. */
    CommandRun run(String command, String... more) {
        return CommandRun.of(folder.resolve(name + ".reel"), command, more);
    }

    /** {@code show}: the last snapshot, beside what the sockets' maker said in the guest. */
    MakerTruth sockets() {
        String rows = run("show", "--format", "ndjson").exits(0).out();
        return MakerTruth.of(rows, text(folder.resolve("truth.jsonl")));
    }

    /** {@code info}: family → what it says of it. */
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

    /** The first of each NETID and STATE; footnotes begin with words of their own and stay. */
    private static String fewOfEachKind(String table) {
        Set<String> seen = new HashSet<>();
        return table.lines()
                .filter(l -> l.startsWith("?: ") || seen.add(l.replaceFirst("^(\\S+ +\\S+).*", "$1")))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** {@code probe} in the guest: family → state of its handler. It loaded nothing. */
    static Map<String, String> probe(String guest) {
        GuestRecording probe = of(guest, "probe");
        String said = probe.recorder().exits(0).out();
        System.out.println("== " + guest + ": probe\n" + said);
        assertEquals(probe.modulesBefore(), probe.modulesAfter(), "probe loads no module");
        Map<String, String> states = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^([a-z0-9-]+) +(loaded|loadable|missing|unknown)\\b").matcher(said);
        while (row.find()) {
            states.put(row.group(1), row.group(2));
        }
        assertTrue(states.size() > 20, said);
        return states;
    }
}
