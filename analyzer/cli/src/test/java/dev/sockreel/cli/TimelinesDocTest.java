package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.history.Counters;
import dev.sockreel.peers.OtherEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks that TIMELINES.md lists exactly the fields that the commands print. */
class TimelinesDocTest {
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private static String section(String heading) throws IOException {
        String doc = Files.readString(Path.of("TIMELINES.md"));
        int from = doc.indexOf("\n## " + heading);
        int to = doc.indexOf("\n## ", from + 1);
        return doc.substring(from, to < 0 ? doc.length() : to);
    }

    /** Returns the fields in the first column of the section's table. */
    private static Set<String> fields(String heading) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        section(heading).lines().filter(l -> l.startsWith("| `")).forEach(
                l -> NAME.matcher(l.substring(0, l.indexOf(" | "))).results().forEach(m -> names.add(m.group(1))));
        return names;
    }

    @Test
    void fieldsAreThoseOfTheJson() throws IOException {
        CommandRun diff = CommandRun.of(Captures.WHOLE, "diff", "--format", "json").exits(0);
        assertEquals(JsonTree.object(diff.out()).keySet(), fields("diff"));
        CommandRun peers = CommandRun.of(Captures.WHOLE, "peers", "cookie:40", "--format", "json").exits(0);
        assertEquals(JsonTree.object(peers.out()).keySet(), fields("peers\n"));
        CommandRun pairs = CommandRun.of(Captures.WHOLE, "peers", "--format", "ndjson").exits(0);
        assertEquals(JsonTree.lines(pairs.out()).getFirst().keySet(), fields("peers of all sockets"));
    }

    @Test
    void countersAndKindsAreNamed() throws IOException {
        String history = section("history");
        Counters.GROWING.forEach(f -> assertTrue(history.contains("`" + f.name() + "`"), f.name()));
        String peers = section("peers\n");
        Arrays.stream(OtherEnd.Kind.values()).forEach(k -> assertTrue(peers.contains("`" + k.id() + "`"), k.id()));
    }
}
