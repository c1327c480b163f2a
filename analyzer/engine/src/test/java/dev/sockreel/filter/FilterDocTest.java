package dev.sockreel.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.field.FieldsDoc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Runs the examples of FILTER.md, which are the first cells of its tables. */
class FilterDocTest {
    private static final Pattern EXAMPLE = Pattern.compile("\\| `([^`]+)` \\|.*");

    /** @param heading heading of the section */
    private static List<String> examples(String heading) throws IOException {
        List<String> found = new ArrayList<>();
        String section = "";
        for (String line : Files.readAllLines(Path.of("FILTER.md"))) {
            section = line.startsWith("## ") ? line.substring(3) : section;
            Matcher m = EXAMPLE.matcher(line);
            if (m.matches() && section.equals(heading)) {
                found.add(m.group(1));
            }
        }
        return found;
    }

    @Test
    void examplesAreAccepted() throws IOException {
        int some = 0;
        int all = 0;
        for (String heading : List.of("States", "Addresses and ports", "Device, mark, cgroup", "Fields")) {
            List<String> examples = examples(heading);
            assertTrue(examples.size() >= 4, heading + " has " + examples);
            for (String example : examples) {
                some += FilterRows.ALL.taken(example).isEmpty() ? 0 : 1;
                all++;
            }
        }
        assertTrue(some > 10, some + " of " + all + " take a row");
    }

    @Test
    void refusedExamplesAreRefused() throws IOException {
        List<String> examples = examples("Refused");
        assertEquals(14, examples.size());
        for (String example : examples) {
            assertThrows(FilterException.class, () -> Filter.parse(List.of(example)), example);
        }
    }

    /** The documented fields are those of the parser. */
    @Test
    void markedFieldsCompare() {
        List<String> marked = FieldsDoc.filtered();
        for (String field : FieldsDoc.names()) {
            boolean owners = field.equals("owners") || field.equals("peerOwners");
            boolean known = FilterFields.isKnown(owners ? field + ".comm" : field);
            // of attributes each value has a name of its own; comm in a filter is that of any owner
            assertEquals(marked.contains(field) || field.equals("comm"), known || field.equals("attributes"), field);
        }
        assertEquals(25, marked.size());
    }
}
