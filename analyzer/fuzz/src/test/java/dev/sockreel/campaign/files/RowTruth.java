package dev.sockreel.campaign.files;

import dev.sockreel.campaign.trial.CommandResult;
import dev.sockreel.campaign.trial.Trial;
import dev.sockreel.fixtures.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows and dumps of the undamaged originals. A damaged file may show fewer, but none that is different: since every
 * record has a checksum, a row that is shown has the values of the original.
 */
final class RowTruth {
    /** What a row's own message says; owners, names and the other end come from other records, which may be lost. */
    private static final List<String> OWN = List.of("state", "local", "uid", "recvQ", "sendQ", "fileInode");

    private static @Nullable RowTruth truth;

    /** The values of each field of a socket. */
    private final Map<String, Map<String, Set<String>>> rows = new HashMap<>();
    private final Set<String> completeDumps = new HashSet<>();

    private static RowTruth truth(Trial trial) throws IOException {
        if (truth == null) {
            RowTruth all = new RowTruth();
            for (byte[] original : Originals.UNMERGED) {
                Path file = trial.folder().resolve("original.reel");
                Files.write(file, original);
                all.learn(trial, file);
                Files.delete(file);
            }
            truth = all;
        }
        return truth;
    }

    private void learn(Trial trial, Path file) throws IOException {
        for (Map<String, @Nullable Object> row : rows(trial, file)) {
            Map<String, Set<String>> known = rows.computeIfAbsent(key(row), k -> new HashMap<>());
            values(row).forEach((name, value) -> known.computeIfAbsent(name, n -> new HashSet<>()).add(value));
        }
        completeDumps.addAll(completeDumps(trial, file));
    }

    /** Compares what a damaged copy shows with the originals. */
    static void check(Trial trial, Path file) throws IOException {
        RowTruth truth = truth(trial);
        for (Map<String, @Nullable Object> row : rows(trial, file)) {
            String wrong = truth.wrong(row);
            if (wrong != null) {
                trial.fails("no row is wrong silently", "show --all --format ndjson " + file, wrong);
                return;
            }
        }
        for (String dump : completeDumps(trial, file)) {
            if (!truth.completeDumps.contains(dump)) {
                trial.fails("a complete dump is complete", "findings --no-cache --format json " + file, dump);
                return;
            }
        }
    }

    private @Nullable String wrong(Map<String, @Nullable Object> row) {
        Map<String, Set<String>> known = rows.get(key(row));
        if (known == null) {
            return "no such socket: " + key(row);
        }
        for (Map.Entry<String, String> value : values(row).entrySet()) {
            if (!known.getOrDefault(value.getKey(), Set.of()).contains(value.getValue())) {
                return "another value: " + value + " of " + key(row);
            }
        }
        return null;
    }

    private static String key(Map<String, @Nullable Object> row) {
        return row.get("netid") + " " + row.get("cookie") + " " + row.get("inode");
    }

    private static Map<String, String> values(Map<String, @Nullable Object> row) {
        Map<String, String> values = new HashMap<>();
        for (String name : OWN) {
            if (row.get(name) != null) {
                values.put(name, Objects.toString(row.get(name)));
            }
        }
        if (row.get("attributes") instanceof Map<?, ?> attributes) {
            attributes.forEach((name, value) -> values.put("attribute " + name, Objects.toString(value)));
        }
        return values;
    }

    private static List<Map<String, @Nullable Object>> rows(Trial trial, Path file) throws IOException {
        CommandResult ran = trial.sockreel("show", "--all", "--format", "ndjson", file.toString());
        trial.checkOut("ndjson", ran);
        return JsonTree.lines(ran.out());
    }

    private static Set<String> completeDumps(Trial trial, Path file) throws IOException {
        CommandResult ran = trial.sockreel("findings", "--no-cache", "--format", "json", file.toString());
        trial.checkOut("json", ran);
        Set<String> found = new HashSet<>();
        if (ran.exit() != 3) {
            for (Map<String, @Nullable Object> dump : JsonTree.asObjects(JsonTree.object(ran.out()).get("dumps"))) {
                if ("complete".equals(dump.get("verdict"))) {
                    found.add(dump.get("family") + " with " + dump.get("sockets") + " sockets");
                }
            }
        }
        return found;
    }
}
