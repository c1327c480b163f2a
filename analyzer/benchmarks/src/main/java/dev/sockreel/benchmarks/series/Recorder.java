package dev.sockreel.benchmarks.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs sockreel as users do: through its launcher, in a process of its own. */
final class Recorder {
    private static final int PATIENCE_TENTHS = 600;

    /** The environment variable that names another program than ./sockreel. */
    static final String PROGRAM_VARIABLE = "SOCKREEL";

    private final Farm farm;
    private final List<String> options;

    /** @param options of {@code record} */
    Recorder(Farm farm, List<String> options) {
        this.farm = farm;
        this.options = List.copyOf(options);
    }

    static List<String> sockreel(String... words) {
        List<String> command = new ArrayList<>();
        String other = System.getenv(PROGRAM_VARIABLE);
        command.add(other == null ? Path.of("sockreel").toAbsolutePath().toString() : other);
        command.addAll(List.of(words));
        return command;
    }

    /** Begins to record snapshots, a second apart. */
    Run start(Path reel, int snapshots, String... more) throws IOException, InterruptedException {
        List<String> command = sockreel("record", "-o", reel.toString(), "--force", "--count",
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
