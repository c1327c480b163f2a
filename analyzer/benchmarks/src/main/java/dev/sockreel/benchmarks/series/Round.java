package dev.sockreel.benchmarks.series;

import java.util.Map;

/**
 * What one round measured.
 *
 * @param rows    what each tool needed
 * @param sockets sockets in a snapshot, on average
 */
record Round(Map<Tool, Row> rows, double sockets) {
    Row row(Tool tool) {
        return rows.getOrDefault(tool, Row.NONE);
    }

    double cpuNs(Tool tool) {
        return row(tool).cpuNs();
    }
}
