package dev.sockreel.benchmarks.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the rounds of a scenario say, as text in Markdown. */
final class SeriesReport {
    private static final double MIB = 1 << 20;

    private final Scenario scenario;
    private final List<Map<Tool, Row>> rounds;

    SeriesReport(Scenario scenario, List<Map<Tool, Row>> rounds) {
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
        return Spread.of(rounds.stream().map(r -> figure.applyAsDouble(r.getOrDefault(tool, Row.NONE))).toList());
    }

    private String ratios() {
        MarkdownTable table = new MarkdownTable("ratio, round by round", "measured", "goal");
        Tool recorded = scenario.families().isEmpty() ? Tool.RECORD_DEFAULT : Tool.RECORD;
        table.row("bytes of `record` a socket and snapshot, without the first",
                spread(recorded, Row::steadyBytes).toString(), atMost(scenario.goals().steadyBytes()));
        table.row("CPU of `record --owners never` to the kernel's limit",
                ratio(r -> cpu(r, Tool.RECORD), r -> cpu(r, Tool.LIMIT)), atMost(Goals.RECORD_TO_LIMIT));
        table.row("CPU of `record` to `record --owners never`",
                ratio(r -> cpu(r, Tool.RECORD_DEFAULT), r -> cpu(r, Tool.RECORD)), "–");
        table.row("CPU of `record --owners never` beyond the kernel's limit, to `zstd -3`",
                ratio(r -> cpu(r, Tool.RECORD) - cpu(r, Tool.LIMIT), r -> cpu(r, Tool.ZSTD)), "–");
        for (Tool zstd : List.of(Tool.ZSTD, Tool.ZSTD_LONG, Tool.ZSTD_PATCH)) {
            table.row("bytes of " + zstd.title() + " to `record --owners never`, without the first",
                    ratio(r -> row(r, zstd).steadyBytes(), r -> row(r, Tool.RECORD).steadyBytes()), "–");
        }
        table.row("CPU of `findings` to ss's replay of all snapshots",
                ratio(r -> cpu(r, Tool.FINDINGS), r -> cpu(r, Tool.SS)), "–");
        table.row("CPU of `show --snapshot` to ss's replay of a snapshot",
                ratio(r -> cpu(r, Tool.SHOW), r -> cpu(r, Tool.SS)), "–");
        return table.toString();
    }

    static String atMost(double goal) {
        return Double.isNaN(goal) ? "–" : "at most " + Spread.number(goal);
    }

    private static Row row(Map<Tool, Row> round, Tool tool) {
        return round.getOrDefault(tool, Row.NONE);
    }

    private static double cpu(Map<Tool, Row> round, Tool tool) {
        return row(round, tool).cpuNs();
    }

    private String ratio(ToDoubleFunction<Map<Tool, Row>> above, ToDoubleFunction<Map<Tool, Row>> below) {
        List<Double> values = new ArrayList<>();
        for (Map<Tool, Row> round : rounds) {
            double denominator = below.applyAsDouble(round);
            values.add(denominator > 0 ? above.applyAsDouble(round) / denominator : Double.NaN);
        }
        return Spread.of(values).toString();
    }
}
