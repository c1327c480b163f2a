package dev.sockreel.benchmarks;

import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.fixtures.SocketMaker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares a whole scan of owners with {@code find /proc/[0-9]*}{@code /fd -lname 'socket:*'}, alternately. */
final class OwnersCost {
    private static final int SCANS = 10;

    static void run(String[] args) throws IOException, InterruptedException {
        int sockets = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        if (!NetNamespace.isAvailable() || !NativePrograms.isAvailable()) {
            throw new IOException("needs Linux, root, ip and cc");
        }
        try (NetNamespace farm = NetNamespace.create();
                SocketMaker maker = SocketMaker.start(farm, "--unix", Integer.toString(sockets / 2))) {
            System.out.println(maker.ready());
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                ratios.add(round());
            }
            System.out.printf(Locale.ROOT, "median of %d: %.2f%n", rounds, Cpu.median(ratios));
        }
    }

    /** Measures outside the sockets' namespace, where there is hardly anything to dump, so that only the scans cost. */
    private static double round() throws IOException, InterruptedException {
        List<String> here = List.of();
        double find = Cpu.seconds(here, List.of("bash", "-c",
                "for i in $(seq " + SCANS + "); do find /proc/[0-9]*/fd -lname 'socket:*' 2>/dev/null; done; true"));
        double without = Recording.cpuSeconds(here, SCANS + 1, "--families", "udp4", "--owners", "first");
        double with = Recording.cpuSeconds(here, SCANS + 1, "--families", "udp4", "--owners", "each");
        double ratio = (with - without) / find;
        System.out.printf(Locale.ROOT, "a scan: find %.0f ms, record %.0f ms, ratio %.2f%n",
                find / SCANS * 1000, (with - without) / SCANS * 1000, ratio);
        return ratio;
    }

    private OwnersCost() {}
}
