package dev.sockreel.cli.diff;

import dev.sockreel.cli.printing.Format;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.times.ShownTimes;
import dev.sockreel.diff.DiffSummary;
import dev.sockreel.diff.DiffVisitor;
import java.io.IOException;

/** Prints a diff in one format. */
interface DiffPrinter extends DiffVisitor {
    /** Called after the last difference. */
    void end(DiffSummary summary) throws IOException;

    /** @param timeWaits whether text lists sockets in TIME-WAIT; the other formats always do */
    static DiffPrinter of(
            Format format, DiffSides sides, boolean timeWaits, ShownTimes times, Stdout out) throws IOException {
        return switch (format) {
            case TEXT -> new DiffText(sides, timeWaits, times, out);
            case JSON -> new DiffJsonPrinter(sides, out);
            case NDJSON -> new DiffNdjson(out);
            case CSV -> new DiffCsv(out);
        };
    }
}
