package dev.sockreel.campaign.trial;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the trials of one kind cost and found. Lines of {@link #toLine} can be added up. */
public final class Tally {
    private final Map<String, Long> numbers = new TreeMap<>();
    private final Map<String, String> worst = new HashMap<>();

    public void add(String name, long value) {
        numbers.merge(name, value, Long::sum);
    }

    /** Keeps the largest value and what it was measured at. */
    public void max(String name, long value, String at) {
        if (value > numbers.getOrDefault(name, 0L)) {
            numbers.put(name, value);
            worst.put(name, at);
        }
    }

    public long get(String name) {
        return numbers.getOrDefault(name, 0L);
    }

    public Set<String> names() {
        return Collections.unmodifiableSet(numbers.keySet());
    }

    /** Returns what the largest value was measured at; empty when there is none. */
    public String at(String name) {
        return worst.getOrDefault(name, "");
    }

    /** Returns fields with tabs between them: name, value and place of each number. */
    public String toLine() {
        StringBuilder line = new StringBuilder();
        numbers.forEach((name, value) -> line.append('\t').append(name).append('\t').append(value).append('\t')
                .append(at(name).replaceAll("[\\t\\n]", " ")));
        return line.isEmpty() ? "" : line.substring(1);
    }

    /** Adds a line of another tally. */
    public void addLine(String line) {
        String[] fields = line.split("\t", -1);
        for (int i = 0; i + 2 < fields.length; i += 3) {
            long value = Long.parseLong(fields[i + 1]);
            if (fields[i].startsWith("max")) {
                max(fields[i], value, fields[i + 2]);
            } else {
                add(fields[i], value);
            }
        }
    }
}
