package dev.sockreel.benchmarks.repeat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run long-series}: a long capture made of a short one. */
@Command(name = "long-series", description = "Makes a long capture of a short one by repeating its snapshots.")
public final class LongSeriesCommand implements Callable<Integer> {
    private static final int USAGE = 2;

    @Parameters(paramLabel = "CAPTURE", description = "A capture (.reel) of some snapshots.")
    private Path capture = Path.of("");

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "OUT", description = "The file to write.")
    private Path out = Path.of("");

    @Option(names = "--snapshots", paramLabel = "N", description = "How many snapshots it will have (3600).")
    private int snapshots = 3600;

    @Override
    public Integer call() throws IOException {
        try {
            LongSeries.write(capture, out, snapshots);
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
    }
}
