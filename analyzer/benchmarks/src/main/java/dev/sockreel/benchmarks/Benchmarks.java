package dev.sockreel.benchmarks;

import java.util.Arrays;

/** The main class: the first argument chooses a benchmark, the others are its options. */
public final class Benchmarks {
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
            default -> {
                System.err.println("which one? record-cost [SOCKETS [ROUNDS]], owners-cost [SOCKETS [ROUNDS]],"
                        + " report-cost [SOCKETS [ROUNDS]], doubling [COUNT[/COMMAND]…], start [ROUNDS], decode,"
                        + " print, predict");
                System.exit(2);
            }
        }
    }

    private Benchmarks() {}
}
