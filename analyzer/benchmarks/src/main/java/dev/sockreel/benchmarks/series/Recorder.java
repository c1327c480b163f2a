package dev.sockreel.benchmarks.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Records the sockets of a farm as users do: through the launcher, in a process of its own. */
final class Recorder {
    private static final int PATIENCE_TENTHS = 600;

    private final Farm farm;
    private final List<String> options;

    /** @param options of {@code record} */
    Recorder(Farm farm, List<String> options) {
        this.farm = farm;
        this.options = List.copyOf(options);
    }

    /** Begins to record snapshots, a second apart. */
    Run start(Path reel, int snapshots, String... more) throws IOException, InterruptedException {
        List<String> command = Launcher.command("record", "-o", reel.toString(), "--force", "--count",
                Integer.toString(snapshots), "--interval", "1s");
        command.addAll(options);
        command.addAll(List.of(more));
        return Run.start(farm.inside(), command);
    }

    /** Records snapshots, a second apart. */
    Cost record(Path reel, int snapshots, String... more) throws IOException, InterruptedException {
        try (Run run = start(reel, snapshots, more)) {
            return run.cost();
        }
    }

    /** Waits until the first snapshot is in the file. */
    static void awaitFirst(Run run, Path reel) throws InterruptedException {
        for (int i = 0; i < PATIENCE_TENTHS && run.isAlive() && !Files.exists(reel); i++) {
            Thread.sleep(100);
        }
    }
}
