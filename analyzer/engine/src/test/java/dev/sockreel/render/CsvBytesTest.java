package dev.sockreel.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The oracle is commons-csv, with a quote before what a spreadsheet would run. */
class CsvBytesTest {
    private static final long SEED = 41180;
    private static final String[] PARTS = {
        "=", "+", "-", "@", "\t", "\r", "\n", "\"", ",", " ", "#", "!", "'", "a", "0", "\\", "ä", "€", "😀", "\u0001",
        ""
    };

    @Test
    void linesAreThoseOfTheLibrary() throws IOException {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (int round = 0; round < 3000; round++) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                cells.add(cell(random));
            }
            assertEquals(expected(cells), written(cells), () -> "cells " + cells);
        }
    }

    private static @Nullable Object cell(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> random.nextLong() >> random.nextInt(64);
            default -> {
                StringBuilder text = new StringBuilder();
                for (int i = random.nextInt(6); i > 0; i--) {
                    text.append(PARTS[random.nextInt(PARTS.length)]);
                }
                yield text.toString();
            }
        };
    }

    private static String expected(List<@Nullable Object> cells) throws IOException {
        StringWriter out = new StringWriter();
        List<@Nullable Object> harmless = new ArrayList<>();
        for (Object cell : cells) {
            boolean isFormula = cell instanceof String s && !s.isEmpty() && "=+-@\t\r".indexOf(s.charAt(0)) >= 0;
            harmless.add(isFormula ? "'" + cell : cell);
        }
        new CSVPrinter(out, CSVFormat.RFC4180).printRecord(harmless);
        return out.toString();
    }

    private static String written(List<@Nullable Object> cells) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CsvBytes csv = new CsvBytes(out);
        for (Object cell : cells) {
            switch (cell) {
                case null -> csv.nothing();
                case Long number -> csv.number(number);
                default -> csv.text(cell.toString());
            }
        }
        csv.endLine();
        csv.flush();
        return out.toString(StandardCharsets.UTF_8);
    }
}
