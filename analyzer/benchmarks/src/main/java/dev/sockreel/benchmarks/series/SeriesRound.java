package dev.sockreel.benchmarks.series;

import dev.sockreel.benchmarks.results.GroupSizes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * One round of a scenario: a recording with snapshots a second apart, the kernel's limit half a second after each of
 * them, then the other tools on the very bytes that were recorded.
 */
final class SeriesRound {
    private static final String[] WITHOUT_OWNERS = {"--owners", "never"};
    private static final long HALF_INTERVAL_MS = 500;
    /** After so many snapshots most of the recorder's code is compiled. */
    static final int WARM_UP = 5;

    private final Scenario scenario;
    private final Farm farm;
    private final WorkFolder work;
    /** All but the first. */
    private final int snapshots;
    private final Map<Tool, Row> rows = new EnumMap<>(Tool.class);

    private SeriesRound(Scenario scenario, Farm farm, WorkFolder work, int snapshots) {
        this.scenario = scenario;
        this.farm = farm;
        this.work = work;
        this.snapshots = snapshots;
    }

    static Round measure(Scenario scenario, Farm farm, WorkFolder work, int snapshots)
            throws IOException, InterruptedException {
        SeriesRound round = new SeriesRound(scenario, farm, work, snapshots);
        Round measured = round.measure();
        work.clear();
        return measured;
    }

    private Round measure() throws IOException, InterruptedException {
        Recorder recorder = new Recorder(farm, scenario.familyOptions());
        Path reel = work.file("series.reel");
        Path warmUp = work.file("warm-up.reel");
        double limitSeconds = -limitSeconds(1);
        double less = recorder.record(warmUp, WARM_UP, WITHOUT_OWNERS).cpuSeconds();
        Cost many;
        try (Run run = recorder.start(reel, snapshots + 1, WITHOUT_OWNERS)) {
            Recorder.awaitFirst(run, reel);
            Thread.sleep(HALF_INTERVAL_MS);
            limitSeconds += limitSeconds(snapshots + 1);
            many = run.cost();
        }
        RawDumps dumps = RawDumps.of(reel, work.path());
        rows.put(Tool.LIMIT, Row.reading(new Cost(limitSeconds, 0, 0), dumps.steadySockets()));
        rows.put(Tool.RECORD, recorded(dumps, reel, many, less));
        withOwners(recorder, warmUp);
        read(dumps, reel);
        return new Round(rows, (double) dumps.steadySockets() / snapshots);
    }

    private double limitSeconds(int runs) throws IOException, InterruptedException {
        return KernelLimit.start(farm, scenario.dumpedFamilies(), runs).cpuSeconds();
    }

    /** Puts the default recording, with owners, threads and command lines. */
    private void withOwners(Recorder recorder, Path warmUp) throws IOException, InterruptedException {
        Path reel = work.file("owners.reel");
        double less = recorder.record(warmUp, WARM_UP).cpuSeconds();
        Cost many = recorder.record(reel, snapshots + 1);
        Path folder = Files.createDirectory(work.file("owners"));
        rows.put(Tool.RECORD_DEFAULT, recorded(RawDumps.of(reel, folder), reel, many, less));
    }

    /**
     * Returns the row of a recording; its CPU time is the slope, so that a JVM's start and first work cost nothing.
     */
    private Row recorded(RawDumps dumps, Path reel, Cost many, double less) throws IOException {
        double more = (double) dumps.steadySockets() * (snapshots + 1 - WARM_UP) / snapshots;
        return Row.writing(dumps, Files.size(reel), GroupSizes.firstSnapshotBytes(reel),
                (many.cpuSeconds() - less) * 1e9 / more, many.maxRssBytes());
    }

    private void read(RawDumps dumps, Path reel) throws IOException, InterruptedException {
        OtherTools others = new OtherTools(dumps, work);
        rows.put(Tool.ZSTD, others.zstd());
        rows.put(Tool.ZSTD_LONG, others.zstd("--long=27"));
        rows.put(Tool.ZSTD_PATCH, others.zstdPatches());
        rows.put(Tool.FINDINGS, Row.reading(Run.of(Launcher.command("findings", "--no-cache", reel.toString())),
                dumps.sockets()));
        rows.put(Tool.SS, others.ss(dumps.ssDumps(), dumps.ssSockets()));
        rows.put(Tool.SHOW, Row.reading(
                Run.of(Launcher.command("show", "--snapshot", Integer.toString(snapshots), reel.toString())),
                dumps.steadySockets() / snapshots));
    }
}
