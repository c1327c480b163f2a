package dev.sockreel.benchmarks;

import dev.sockreel.benchmarks.repeat.LongSeriesCommand;
import dev.sockreel.benchmarks.series.FindingsSlope;
import dev.sockreel.benchmarks.series.Moment;
import dev.sockreel.benchmarks.series.SeriesCommand;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;

/** The main class: the first argument chooses a benchmark, the others are its options. */
public final class Benchmarks {
    private static final int FAILED = 3;

    public static void main(String[] args) throws Exception {
        String name = args.length == 0 ? "" : args[0];
        String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
        switch (name) {
            case "record-cost" -> RecordCost.run(rest);
            case "owners-cost" -> OwnersCost.run(rest);
            case "report-cost" -> ReportCost.run(rest);
            case "doubling" -> Doubling.run(rest, CaptureCounts.all());
            case "start" -> StartCost.run(rest);
            case "decode" ->
                org.openjdk.jmh.Main.main(new String[] {"DecodeBenchmark", "-f", "1", "-wi", "5", "-i", "5"});
            case "print" ->
                org.openjdk.jmh.Main.main(new String[] {"PrintBenchmark", "-f", "1", "-wi", "5", "-i", "5"});
            case "predict" ->
                org.openjdk.jmh.Main.main(new String[] {"PredictBenchmark", "-f", "1", "-wi", "5", "-i", "5"});
            case "series" -> System.exit(run(new SeriesCommand(), rest));
            case "findings-slope" -> System.exit(run(new FindingsSlope(), rest));
            case "moment" -> System.exit(run(new Moment(), rest));
            case "long-series" -> System.exit(run(new LongSeriesCommand(), rest));
            case "all" -> System.exit(runAll(rest));
            default -> {
                System.err.println("which one? record-cost [SOCKETS [ROUNDS]], owners-cost [SOCKETS [ROUNDS]],"
                        + " report-cost [SOCKETS [ROUNDS]], doubling [COUNT[/COMMAND]…], start [ROUNDS], decode,"
                        + " print, predict, series [SCENARIO…], findings-slope [SCENARIO…], moment, all,"
                        + " long-series CAPTURE -o OUT");
                System.exit(2);
            }
        }
    }

    private static int run(Callable<Integer> command, String[] options) {
        return new CommandLine(command).setExecutionExceptionHandler((e, line, parsed) -> {
            if (e instanceof IOException) {
                System.err.println(e);
                return FAILED;
            }
            throw e;
        }).execute(options);
    }

    /** Runs what BENCHMARKS.md holds, with the same options each. */
    private static int runAll(String[] options) {
        return IntStream.of(run(new SeriesCommand(), options), run(new FindingsSlope(), options),
                run(new Moment(), options)).max().orElseThrow();
    }

    private Benchmarks() {}
}
