package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Checks that each deviation listed in SS.md names its test. */
class SsDeviationsTest {
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");
    /** The number of rows that cannot be tested: a forbidden scan, a reused pid, churn, names of ports. */
    private static final int WITHOUT_TEST = 4;

    @Test
    void theTestsOfTheTableExist() throws IOException, ClassNotFoundException {
        List<String> rows = Files.readAllLines(Path.of("SS.md")).stream()
                .dropWhile(l -> !l.startsWith("| what | ss |"))
                .skip(2)
                .takeWhile(l -> l.startsWith("|"))
                .toList();
        assertTrue(rows.size() > 15, rows.size() + " rows");
        List<String> without = new ArrayList<>();
        for (String row : rows) {
            Matcher test = TEST.matcher(row.substring(row.substring(0, row.length() - 1).lastIndexOf('|')));
            if (!test.find()) {
                without.add(row);
                continue;
            }
            Class<?> its = Class.forName("dev.sockreel.cli." + test.group(1));
            assertTrue(Arrays.stream(its.getDeclaredMethods()).anyMatch(m -> m.getName().equals(test.group(2))
                    && (m.isAnnotationPresent(Test.class) || m.isAnnotationPresent(TestFactory.class))), row);
        }
        assertEquals(WITHOUT_TEST, without.size(), without.toString());
    }
}
