package dev.sockreel.campaign;

import dev.sockreel.campaign.trial.Tally;
import dev.sockreel.campaign.trial.Trials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs a campaign: gives each kind its share of the time, has the trials run in another JVM, replaces that JVM when it
 * hangs or ends, and prints a table at the end, also after Ctrl-C.
 */
final class Campaign {
    private static final int USAGE = 2;
    private static final int FOUND = 1;
    private static final int SLICE_SECONDS = 15;

    private final CampaignOptions options;
    private final Path scratch;
    private final Map<Kinds, Progress> progress = new LinkedHashMap<>();
    private final Table table;
    private @Nullable WorkerProcess worker;
    private volatile boolean stopped;

    private Campaign(CampaignOptions options, Path scratch) {
        this.options = options;
        this.scratch = scratch;
        options.kinds().forEach(k -> progress.put(k, new Progress()));
        this.table = new Table(options, progress);
    }

    /** How far a kind has come. */
    static final class Progress {
        final Tally tally = new Tally();
        long next;
        long usedNs;
        @Nullable
        String unavailable;
    }

    public static void main(String... args) throws IOException {
        CampaignOptions options;
        try {
            options = CampaignOptions.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("campaign: " + e.getMessage() + "\n" + CampaignOptions.USAGE);
            System.exit(USAGE);
            return;
        }
        Files.createDirectories(options.out());
        Path scratch = scratch();
        Campaign campaign = new Campaign(options, scratch);
        Thread end = new Thread(campaign::interrupted, "end");
        Runtime.getRuntime().addShutdownHook(end);
        System.err.println("campaign: seed " + options.seed() + ", " + options.time().toSeconds() + " s, findings in "
                + options.out());
        campaign.run();
        Runtime.getRuntime().removeShutdownHook(end);
        System.exit(campaign.end());
    }

    /** Returns a folder in memory where there is such a place. */
    private static Path scratch() throws IOException {
        Path memory = Path.of("/dev/shm");
        return Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "sockreel-campaign-")
                : Files.createTempDirectory("sockreel-campaign-");
    }

    private void run() throws IOException {
        long end = System.nanoTime() + options.time().toNanos();
        if (options.trial() >= 0) {
            Progress only = progress.values().iterator().next();
            only.next = options.trial();
            slice(options.kinds().getFirst(), 1, Integer.MAX_VALUE);
            return;
        }
        while (!stopped && System.nanoTime() < end) {
            Kinds kind = mostBehind();
            if (kind == null) {
                return;
            }
            long left = (end - System.nanoTime()) / 1_000_000_000L + 1;
            slice(kind, Integer.MAX_VALUE, Math.min(left, Math.min(SLICE_SECONDS, 1 + options.seconds(kind))));
        }
    }

    /** Returns the kind that has had the least of its share. */
    private @Nullable Kinds mostBehind() {
        return progress.entrySet().stream().filter(e -> e.getValue().unavailable == null)
                .min((a, b) -> Double.compare(
                        (double) a.getValue().usedNs / a.getKey().share(),
                        (double) b.getValue().usedNs / b.getKey().share()))
                .map(Map.Entry::getKey).orElse(null);
    }

    private void slice(Kinds kind, int trials, long seconds) throws IOException {
        Progress of = Objects.requireNonNull(progress.get(kind));
        long begun = System.nanoTime();
        WorkerProcess running = worker;
        if (running == null || !running.isAlive()) {
            running = new WorkerProcess(options, scratch);
            worker = running;
        }
        if (!running.slice(kind, of, trials, seconds) && !stopped) {
            running.kill();
            worker = null;
        }
        of.usedNs += System.nanoTime() - begun;
        table.write();
    }

    /** Ctrl-C: ends what runs and prints what there is. */
    private void interrupted() {
        stopped = true;
        try {
            end();
        } catch (IOException e) {
            System.err.println("campaign: " + e.getMessage());
        }
    }

    private int end() throws IOException {
        if (worker != null) {
            worker.kill();
        }
        Trials.empty(scratch);
        Files.deleteIfExists(scratch);
        table.write();
        System.out.print(table.text());
        return table.isClean() ? 0 : FOUND;
    }
}
