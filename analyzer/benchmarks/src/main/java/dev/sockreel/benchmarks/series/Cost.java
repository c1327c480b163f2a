package dev.sockreel.benchmarks.series;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The time and memory that a command spent.
 *
 * @param cpuSeconds  user and system CPU time of its processes
 * @param maxRssBytes the largest resident set of one of them
 * @param wallSeconds from its start to its end
 */
record Cost(double cpuSeconds, long maxRssBytes, double wallSeconds) {
    /** Reads the line that {@code spent} wrote. */
    static Cost read(Path line) throws IOException {
        return of(Files.readString(line, US_ASCII));
    }

    static Cost of(String line) throws IOException {
        String[] words = line.strip().split(" ");
        if (words.length != 4) {
            throw new IOException("spent wrote: " + line);
        }
        return new Cost(Double.parseDouble(words[0]) + Double.parseDouble(words[1]), Long.parseLong(words[2]) * 1024,
                Double.parseDouble(words[3]));
    }

    /** Returns the cost of two commands, one after the other. */
    Cost plus(Cost other) {
        return new Cost(cpuSeconds + other.cpuSeconds, Math.max(maxRssBytes, other.maxRssBytes),
                wallSeconds + other.wallSeconds);
    }
}
