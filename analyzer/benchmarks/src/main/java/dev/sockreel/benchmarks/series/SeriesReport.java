package dev.sockreel.benchmarks.series;

import dev.sockreel.benchmarks.results.MarkdownTable;
import dev.sockreel.benchmarks.results.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What the rounds of a scenario say, as text in Markdown. */
final class SeriesReport {
    private static final double MIB = 1 << 20;

    private final Scenario scenario;
    private final List<Round> rounds;

    SeriesReport(Scenario scenario, List<Round> rounds) {
        this.scenario = scenario;
        this.rounds = List.copyOf(rounds);
    }

    /** Returns a table of figures and one of ratios. */
    String tables() {
        return figures() + "\n" + ratios();
    }

    private String figures() {
        MarkdownTable table = new MarkdownTable("", "bytes a socket and snapshot, without the first", "with the first",
                "MiB in all", "CPU ns a socket and snapshot", "RSS at most, MiB");
        for (Tool tool : Tool.values()) {
            table.row(tool.title(), spread(tool, Row::steadyBytes).toString(), spread(tool, Row::allBytes).toString(),
                    spread(tool, r -> r.fileBytes() / MIB).toString(), spread(tool, Row::cpuNs).toString(),
                    rss(tool));
        }
        return table.toString();
    }

    private String rss(Tool tool) {
        double max = spread(tool, Row::maxRssBytes).max();
        return Double.isNaN(max) || max == 0 ? "–" : Spread.number(max / MIB);
    }

    private Spread spread(Tool tool, ToDoubleFunction<Row> figure) {
        return Spread.of(rounds.stream().map(r -> figure.applyAsDouble(r.row(tool))).toList());
    }

    private String ratios() {
        MarkdownTable table = new MarkdownTable("ratio, round by round", "measured", "goal");
        Tool recorded = scenario.families().isEmpty() ? Tool.RECORD_DEFAULT : Tool.RECORD;
        table.row("bytes of `record` a socket and snapshot, without the first",
                spread(recorded, Row::steadyBytes).toString(), atMost(scenario.goals().steadyBytes()));
        table.row("bytes of `record` a snapshot, without the first",
                Spread.of(rounds.stream().map(r -> r.row(recorded).steadyBytes() * r.sockets()).toList()).toString(),
                atMost(scenario.goals().snapshotBytes()));
        table.row("CPU of `record --owners never` to the kernel's limit",
                ratio(r -> r.cpuNs(Tool.RECORD), r -> r.cpuNs(Tool.LIMIT)), atMost(Goals.RECORD_TO_LIMIT));
        table.row("CPU of `record` to `record --owners never`",
                ratio(r -> r.cpuNs(Tool.RECORD_DEFAULT), r -> r.cpuNs(Tool.RECORD)), "–");
        table.row("CPU of `record --owners never` beyond the kernel's limit, to `zstd -3`",
                ratio(r -> r.cpuNs(Tool.RECORD) - r.cpuNs(Tool.LIMIT), r -> r.cpuNs(Tool.ZSTD)), "–");
        for (Tool zstd : List.of(Tool.ZSTD, Tool.ZSTD_LONG, Tool.ZSTD_PATCH)) {
            table.row("bytes of " + zstd.title() + " to `record --owners never`, without the first",
                    ratio(r -> r.row(zstd).steadyBytes(), r -> r.row(Tool.RECORD).steadyBytes()), "–");
        }
        table.row("CPU of `findings` to ss's replay of all snapshots",
                ratio(r -> r.cpuNs(Tool.FINDINGS), r -> r.cpuNs(Tool.SS)), "–");
        table.row("CPU of `show --snapshot` to ss's replay of a snapshot",
                ratio(r -> r.cpuNs(Tool.SHOW), r -> r.cpuNs(Tool.SS)), "–");
        return table.toString();
    }

    static String atMost(double goal) {
        return Double.isNaN(goal) ? "–" : "at most " + Spread.number(goal);
    }

    private String ratio(ToDoubleFunction<Round> above, ToDoubleFunction<Round> below) {
        List<Double> values = new ArrayList<>();
        for (Round round : rounds) {
            double denominator = below.applyAsDouble(round);
            values.add(denominator > 0 ? above.applyAsDouble(round) / denominator : Double.NaN);
        }
        return Spread.of(values).toString();
    }
}
