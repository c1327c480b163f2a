package dev.sockreel.benchmarks.series;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The list of scenarios. */
final class Scenarios {
    private static final String REAL_PROGRAM = "analyzer/benchmarks/real-program";
    private static final List<String> TCP = List.of("tcp4");
    private static final String PAIRS = "SOCKETS TCP sockets of loopback connections, ";

    static final List<Scenario> ALL = List.of(
            synthetic("idle", PAIRS + "which are silent", TCP, s -> tcp(s, 0, 0), Goals.NONE),
            synthetic("active-1", PAIRS + "1 % of which talk each second", TCP, s -> tcp(s, 0.01, 0),
                    Goals.ofSockets(0.15, 60)),
            synthetic("active-10", PAIRS + "10 % of which talk each second", TCP, s -> tcp(s, 0.1, 0),
                    Goals.ofSockets(1.3, 450)),
            synthetic("active-50", PAIRS + "50 % of which talk each second", TCP, s -> tcp(s, 0.5, 0),
                    Goals.ofSockets(5.5, Double.NaN)),
            synthetic("churn-5", PAIRS + "1 % of which talk and 5 % are closed and opened again each second", TCP,
                    s -> tcp(s, 0.01, 0.05), Goals.ofSockets(1.3, Double.NaN)),
            synthetic("unix", "SOCKETS unix sockets of stream pairs, 2 % of which carry data", List.of("unix"),
                    s -> traffic("--unix", half(s), "--active", "0.02"), Goals.ofSockets(0.04, 15)),
            synthetic("small-host", "60 TCP, 12 UDP and 120 unix sockets of 33 processes, 9 of which are busy",
                    List.of(), s -> small("9"), Goals.ofSnapshots(1000)),
            synthetic("quiet-host", "60 TCP, 12 UDP and 120 unix sockets of 33 processes, all silent", List.of(),
                    s -> small("0"), Goals.NONE),
            real("postgresql", "PostgreSQL with 20 clients of pgbench, 200 transactions a second"),
            real("nginx", "nginx with 40 clients that fetch a page twice a second, and 60 idle ones"),
            real("redis", "Redis under redis-benchmark with 50 clients"));

    /** Returns the scenarios with these names, or all for none. */
    static List<Scenario> of(List<String> names) {
        List<Scenario> chosen = names.isEmpty() ? ALL : new ArrayList<>();
        for (String name : names) {
            chosen.add(ALL.stream().filter(s -> s.name().equals(name)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("there is no scenario " + name + ", but "
                            + String.join(", ", ALL.stream().map(Scenario::name).toList()))));
        }
        return chosen;
    }

    private static Scenario synthetic(String name, String title, List<String> families, Scenario.Load load,
            Goals goals) {
        return new Scenario(name, title, true, families, load, goals);
    }

    private static Scenario real(String name, String title) {
        return new Scenario(name, title, false, List.of(), s -> List.of(REAL_PROGRAM, name), Goals.NONE);
    }

    private static List<String> tcp(int sockets, double active, double churn) throws IOException, InterruptedException {
        return traffic("--tcp4", half(sockets), "--active", share(active), "--churn", share(churn));
    }

    private static List<String> small(String busy) throws IOException, InterruptedException {
        return traffic("--tcp4", "30", "--udp", "12", "--unix", "60", "--processes", "33", "--busy", busy, "--active",
                "1");
    }

    private static List<String> traffic(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(CProgram.path(CProgram.TRAFFIC), "--seed", "1"));
        command.addAll(List.of(options));
        return command;
    }

    private static String half(int sockets) {
        return Integer.toString(sockets / 2);
    }

    private static String share(double part) {
        return String.format(Locale.ROOT, "%.3f", part);
    }

    private Scenarios() {}
}
