package dev.sockreel.source.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.source.sink.SourceException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads lines of every ending, and stops at one that is too long before it is read. */
class TsvFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private List<TsvLine> lines(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("a.tsv"), text, StandardCharsets.ISO_8859_1);
        List<TsvLine> lines = new ArrayList<>();
        try (TsvFile in = new TsvFile(file, StandardCharsets.UTF_8)) {
            TsvLine line;
            while ((line = in.next()) != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    @Test
    void linesEndWithLfOrCrOrBoth() throws IOException {
        List<TsvLine> lines = lines("a\tb\n\r\n# c\r\n\td\t\re\rf");
        assertEquals(List.of(List.of("a", "b"), List.of("", "d", ""), List.of("e"), List.of("f")),
                lines.stream().map(TsvLine::cells).toList());
        assertEquals(List.of(1L, 4L, 5L, 6L), lines.stream().map(TsvLine::number).toList());
    }

    /** The file is read in pieces of 64 KiB. */
    @Test
    void aLineMayStandAcrossPieces() throws IOException {
        for (int length = 65_530; length < 65_540; length++) {
            String first = "x".repeat(length);
            for (String end : List.of("\n", "\r", "\r\n")) {
                List<TsvLine> lines = lines(first + end + "y" + end);
                assertEquals(List.of(List.of(first), List.of("y")), lines.stream().map(TsvLine::cells).toList());
                assertEquals(2, lines.getLast().number());
            }
        }
    }

    @Test
    void theLongestLineIsReadAndNoLongerOne() throws IOException {
        String longest = "x".repeat(TsvFile.MAX_LINE_BYTES);
        assertEquals(longest, lines("a\n" + longest + "\n").getLast().cells().getFirst());
        String message = folder.resolve("a.tsv") + ", line 2: it has more than 1,048,576 bytes; no line of such a file"
                + " is that long";
        for (String end : List.of("", "\n")) {
            assertEquals(message,
                    assertThrows(SourceException.class, () -> lines("a\n" + longest + "x" + end)).getMessage());
        }
        assertEquals(message, assertThrows(SourceException.class, () -> lines("a\n#" + longest)).getMessage());
    }

    @Test
    void aLineWithoutEndIsRefusedWhileItIsRead() throws IOException {
        Path file = folder.resolve("a.tsv");
        Files.write(file, new byte[64 << 20]);
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try (TsvFile in = new TsvFile(file, StandardCharsets.UTF_8)) {
            assertThrows(SourceException.class, in::next);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 8 << 20, allocated + " bytes");
    }

    @Test
    void onlyTheFirstColumnsAreKept() throws IOException {
        assertEquals(16, lines("\t".repeat(1000) + "\n").getFirst().cells().size());
    }
}
