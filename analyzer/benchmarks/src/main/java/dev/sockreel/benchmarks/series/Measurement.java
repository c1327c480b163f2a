package dev.sockreel.benchmarks.series;

import dev.sockreel.benchmarks.results.LeftOutException;
import dev.sockreel.benchmarks.results.ResultsFile;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A benchmark that measures scenario after scenario and keeps what it found in the file of results. */
abstract class Measurement implements Callable<Integer> {
    private static final int OK = 0;
    private static final int USAGE = 2;
    private static final int FAILED = 3;
    /** Connections settle, and what was set up is no longer seen as activity. */
    private static final long SETTLE_MS = 3000;

    @Mixin
    final SeriesOptions options = new SeriesOptions();

    /** Measures one scenario and returns its section in Markdown, without heading and machine. */
    abstract String measure(Scenario scenario, Farm farm, WorkFolder work) throws IOException, InterruptedException;

    /** Returns the heading of a scenario's section. */
    abstract String heading(Scenario scenario);

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            options.chosen();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
        if (!NetNamespace.isAvailable() || !NativePrograms.isAvailable() || !NativePrograms.onPath("unshare")) {
            System.err.println("needs Linux, root, ip, unshare and cc");
            return FAILED;
        }
        Launcher.prepare();
        for (Scenario scenario : options.chosen()) {
            measure(scenario);
        }
        return OK;
    }

    private void measure(Scenario scenario) throws IOException, InterruptedException {
        String about = Machine.sentence();
        System.out.println("\n## " + heading(scenario) + "\n" + scenario.title(options.sockets));
        String text;
        try (WorkFolder work = WorkFolder.create();
                Farm farm = Farm.start(scenario.load().command(options.sockets))) {
            Thread.sleep(SETTLE_MS);
            text = measure(scenario, farm, work) + "\n" + about;
        } catch (LeftOutException e) {
            text = "Left out: " + e.getMessage() + ".";
        }
        System.out.println(text);
        new ResultsFile(options.output).put(heading(scenario),
                scenario.title(options.sockets) + ". " + scenario.origin() + "\n\n" + text);
    }
}
