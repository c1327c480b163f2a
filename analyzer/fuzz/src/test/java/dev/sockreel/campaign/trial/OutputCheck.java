package dev.sockreel.campaign.trial;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Checks what commands print, with parsers that are not ours. Each method returns what is wrong, or null. */
public final class OutputCheck {
    private static final int MAX_ERR_LINES = 100;
    private static final int MAX_ERR_LINE_CHARS = 4000;
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final Pattern TRACE = Pattern.compile("\\bat [\\w.$/]+\\(|this is a bug in sockreel"
            + "|\\b(?:[a-z]\\w*\\.){2,}[A-Z]\\w*|\\b[A-Z]\\w*(?:Exception|Error)\\b");

    /** Checks standard error: no trace, no class, few lines, nothing that a terminal obeys. */
    public static @Nullable String err(String err) {
        List<String> lines = err.lines().toList();
        if (TRACE.matcher(err).find()) {
            return "a trace or a class: " + lines.stream().filter(TRACE.asPredicate()).findFirst().orElse(err);
        }
        if (lines.size() > MAX_ERR_LINES || lines.stream().anyMatch(l -> l.length() > MAX_ERR_LINE_CHARS)) {
            return lines.size() + " lines on stderr: " + lines.getFirst();
        }
        return text(err);
    }

    /** Checks that lines hold no character that a terminal obeys or that changes how others are read. */
    public static @Nullable String text(String text) {
        int line = 1;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int c = text.codePointAt(i);
            if (c == '\n') {
                line++;
            } else if (isDangerous(c)) {
                return "a raw character U+%04X in line %d".formatted(c, line);
            }
        }
        return null;
    }

    private static boolean isDangerous(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                true;
            default -> false;
        };
    }

    /** Checks standard output in a format: text, json, ndjson, csv, or ss, which separates columns by tabs. */
    public static @Nullable String out(String format, String out) {
        String wrong = switch (format) {
            case "json" -> json(out);
            case "ndjson" -> out.lines().map(OutputCheck::json).filter(w -> w != null).findFirst().orElse(null);
            case "csv" -> csv(out);
            default -> null;
        };
        return wrong != null || format.equals("csv") ? wrong : text(format.equals("ss") ? out.replace('\t', ' ') : out);
    }

    private static @Nullable String json(String text) {
        try (JsonParser in = JSON.createParser(text)) {
            int values = 0;
            while (in.nextToken() != null) {
                in.skipChildren();
                values++;
            }
            return values > 1 ? "not one JSON value but " + values : null;
        } catch (IOException e) {
            return "no JSON: " + e.getMessage();
        }
    }

    private static @Nullable String csv(String text) {
        try (CSVParser in = CSVFormat.RFC4180.parse(new StringReader(text))) {
            int columns = -1;
            for (CSVRecord record : in) {
                columns = columns < 0 ? record.size() : columns;
                if (record.size() != columns) {
                    return record.size() + " columns under a heading of " + columns;
                }
                for (String value : record) {
                    String wrong = text(value);
                    if (wrong != null) {
                        return wrong;
                    }
                }
            }
            return null;
        } catch (IOException | RuntimeException e) {
            return "no CSV: " + e.getMessage();
        }
    }

    private OutputCheck() {}
}
