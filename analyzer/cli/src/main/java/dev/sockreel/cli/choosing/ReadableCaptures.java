package dev.sockreel.cli.choosing;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.cli.printing.Failures;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.usage.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Captures that can be opened, of those that are given. One that cannot must not keep others from being read. */
public final class ReadableCaptures {
    /**
     * Opens each capture. Those that are no captures or cannot be read are added to {@code problems}.
     *
     * @return the others, in the order given
     * @throws IOException if none is left
     */
    public static List<Path> of(List<Path> given, InputProblems problems) throws IOException {
        if (given.size() == 1) {
            return given; // whoever reads it reports why it cannot be read
        }
        List<Path> readable = new ArrayList<>();
        IOException first = null;
        for (Path file : given) {
            IOException e = failure(file);
            if (e != null && Words.isFilter(file.toString())) {
                throw e; // a mistake, not a file that is missing
            }
            if (e == null) {
                readable.add(file);
            } else {
                first = first == null ? e : first;
                problems.addPassedOver(file, Failures.sentence(e));
            }
        }
        if (first != null && readable.isEmpty()) {
            throw first;
        }
        return List.copyOf(readable);
    }

    private static @Nullable IOException failure(Path file) {
        try {
            CaptureReader.open(file).close();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private ReadableCaptures() {}
}
