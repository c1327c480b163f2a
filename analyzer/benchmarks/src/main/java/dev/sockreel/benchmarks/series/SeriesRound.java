package dev.sockreel.benchmarks.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * One round of a scenario: a recording with snapshots a second apart, the kernel's limit half a second after each of them,
 * then the other tools on the very bytes that were recorded.
 */
final class SeriesRound {
    private static final String[] WITHOUT_OWNERS = {"--owners", "never"};
    private static final long HALF_INTERVAL_MS = 500;

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

    /** Returns what each tool needed. */
    static Map<Tool, Row> measure(Scenario scenario, Farm farm, WorkFolder work, int snapshots)
            throws IOException, InterruptedException {
        SeriesRound round = new SeriesRound(scenario, farm, work, snapshots);
        round.measure();
        work.clear();
        return round.rows;
    }

    private void measure() throws IOException, InterruptedException {
        Recorder recorder = new Recorder(farm, scenario.familyOptions());
        Path reel = work.file("series.reel");
        Path single = work.file("single.reel");
        double limitSeconds = -limitSeconds(1);
        double one = recorder.record(single, 1, WITHOUT_OWNERS).cpuSeconds();
        Cost many;
        try (Run run = recorder.start(reel, snapshots + 1, WITHOUT_OWNERS)) {
            Recorder.awaitFirst(run, reel);
            Thread.sleep(HALF_INTERVAL_MS);
            limitSeconds += limitSeconds(snapshots + 1);
            many = run.cost();
        }
        RawDumps dumps = RawDumps.of(reel, work.path());
        rows.put(Tool.LIMIT, Row.reading(new Cost(limitSeconds, 0, 0), dumps.steadySockets()));
        rows.put(Tool.RECORD, recorded(dumps, reel, many, one));
        withOwners(recorder, single);
        read(dumps, reel);
    }

    private double limitSeconds(int runs) throws IOException, InterruptedException {
        return KernelLimit.start(farm, scenario.dumpedFamilies(), runs).cpuSeconds();
    }

    /** Puts the default recording, with owners, threads and command lines. */
    private void withOwners(Recorder recorder, Path single) throws IOException, InterruptedException {
        Path reel = work.file("owners.reel");
        double one = recorder.record(single, 1).cpuSeconds();
        Cost many = recorder.record(reel, snapshots + 1);
        Path folder = Files.createDirectory(work.file("owners"));
        rows.put(Tool.RECORD_DEFAULT, recorded(RawDumps.of(reel, folder), reel, many, one));
    }

    /** Returns the row of a recording; its CPU time is the slope, so that starting the JVM costs nothing. */
    private static Row recorded(RawDumps dumps, Path reel, Cost many, double one) throws IOException {
        return Row.writing(dumps, Files.size(reel), GroupSizes.firstSnapshotBytes(reel),
                (many.cpuSeconds() - one) * 1e9 / dumps.steadySockets(), many.maxRssBytes());
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
