package dev.sockreel.benchmarks.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A Markdown file of results with a section for each benchmark; a section that is measured anew replaces the old one.
 */
public final class ResultsFile {
    private static final String HEADING = "## ";
    private static final String INTRODUCTION = """
            # Measured

            Written by `analyzer/benchmarks/run` ([README](README.md)), a section for each benchmark that was run, with
            its own date and machine. Machines are noisy: trust the ratios, which come from one run, more than the
            figures. Figures are medians of the rounds, with the least and the greatest. What is called synthetic is
            traffic that the benchmark makes on loopback; real hosts compress differently.
            """;

    private final Path path;

    public ResultsFile(Path path) {
        this.path = path;
    }

    /** Writes a section. The others stay as they are. */
    public void put(String section, String text) throws IOException {
        Map<String, String> sections = Files.exists(path) ? sections(Files.readString(path)) : new LinkedHashMap<>();
        sections.put(section, "\n" + text.strip() + "\n");
        StringBuilder all = new StringBuilder(INTRODUCTION);
        sections.forEach((name, body) -> all.append('\n').append(HEADING).append(name).append('\n').append(body));
        Files.writeString(path, all);
    }

    private static Map<String, String> sections(String text) {
        Map<String, String> sections = new LinkedHashMap<>();
        String[] parts = text.split("(?m)^" + HEADING);
        for (int i = 1; i < parts.length; i++) {
            int end = parts[i].indexOf('\n');
            if (end > 0) {
                sections.put(parts[i].substring(0, end).strip(), parts[i].substring(end + 1).stripTrailing() + "\n");
            }
        }
        return sections;
    }
}
