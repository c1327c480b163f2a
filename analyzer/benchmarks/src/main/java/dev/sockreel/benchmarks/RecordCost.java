package dev.sockreel.benchmarks;

import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.fixtures.SocketMaker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares the CPU time of a snapshot with the kernel's minimum: the difference of {@code record --count 21} and
 * {@code --count 1}, divided by 20, against a C loop that sends the same request and only receives. Alternately.
 */
final class RecordCost {
    private static final int SNAPSHOTS = 20;

    static void run(String[] args) throws IOException, InterruptedException {
        int sockets = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        if (!NetNamespace.isAvailable() || !NativePrograms.isAvailable()) {
            throw new IOException("needs Linux, root, ip and cc");
        }
        try (NetNamespace farm = NetNamespace.createWithTcpTable(262_144);
                SocketMaker maker = SocketMaker.start(farm, "--tcp", Integer.toString(sockets / 2))) {
            System.out.println(maker.ready());
            List<String> inside = farm.command(List.of()).command();
            List<Round> all = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                all.add(round(inside));
            }
            double leastLimit = all.stream().mapToDouble(Round::limit).min().orElseThrow();
            double leastRecord = all.stream().mapToDouble(Round::record).min().orElseThrow();
            // Other work on the machine only adds, so the minimum is nearest to the true cost.
            System.out.printf(Locale.ROOT, "%d rounds: median ratio %.2f, ratio of the minima %.2f%n", rounds,
                    Cpu.median(all.stream().map(Round::ratio).toList()), leastRecord / leastLimit);
        }
    }

    /** Returns the command with the recorder's request: TCP over IPv4, states 0 to 11, all bits of idiag_ext. */
    private static List<String> limit(int runs) {
        return List.of(NativePrograms.kernellimit().toString(), "--family", "4", "--protocol", "6", "--ext", "0xff",
                "--states", "0xfff", "--runs", Integer.toString(runs));
    }

    /** The CPU seconds of {@link #SNAPSHOTS} snapshots. */
    private record Round(double limit, double record) {
        double ratio() {
            return record / limit;
        }
    }

    private static Round round(List<String> inside) throws IOException, InterruptedException {
        double limit = Cpu.seconds(inside, limit(SNAPSHOTS + 1)) - Cpu.seconds(inside, limit(1));
        double one = Recording.cpuSeconds(inside, 1, "--families", "tcp4", "--owners", "never");
        double many = Recording.cpuSeconds(inside, SNAPSHOTS + 1, "--families", "tcp4", "--owners", "never");
        Round round = new Round(limit, many - one);
        System.out.printf(Locale.ROOT, "a snapshot: kernel limit %.0f ms, record %.0f ms, ratio %.2f%n",
                limit / SNAPSHOTS * 1000, (many - one) / SNAPSHOTS * 1000, round.ratio());
        return round;
    }

    private RecordCost() {}
}
