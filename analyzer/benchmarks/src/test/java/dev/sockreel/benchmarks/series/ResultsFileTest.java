package dev.sockreel.benchmarks.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.benchmarks.results.MarkdownTable;
import dev.sockreel.benchmarks.results.ResultsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {
    @Test
    void replacesTheSectionThatIsMeasuredAnew(@TempDir Path folder) throws IOException {
        Path path = folder.resolve("RESULTS.md");
        ResultsFile file = new ResultsFile(path);
        file.put("idle", "old\n\n### below it\n");
        file.put("active-1", "stays");
        file.put("idle", "new | text");
        String text = Files.readString(path);
        assertTrue(text.startsWith("# Measured\n"), text);
        assertEquals("## idle\n\nnew | text\n\n## active-1\n\nstays\n", text.substring(text.indexOf("## ")));
        file.put("active-1", "stays");
        assertEquals(text, Files.readString(path));
    }

    @Test
    void tablesHaveAsManyCellsAsTitles() {
        MarkdownTable table = new MarkdownTable("what", "figure").row("a|b", "1");
        assertEquals("| what | figure |\n|---|---|\n| a\\|b | 1 |\n", table.toString());
        assertThrows(IllegalArgumentException.class, () -> table.row("alone"));
    }
}
