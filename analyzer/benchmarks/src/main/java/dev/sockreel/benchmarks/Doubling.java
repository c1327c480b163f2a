package dev.sockreel.benchmarks;

import dev.sockreel.cli.Main;
import dev.sockreel.cli.printing.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Doubles each count that a file can have, runs whole commands on both files in this JVM and compares their CPU time.
 * A linear command takes about twice as long, a quadratic one four times.
 *
 * <p>A count grows until a command takes {@link #MIN_BASE_NS}, or to the count's maximum: what takes less than that at
 * the maximum is cheap however it grows. CPU time is that of the thread that runs the command, and the lowest of some
 * rounds counts, since the machine's other work only adds to it.
 */
final class Doubling {
    /** The ratio beyond which a command is not linear. */
    private static final double MAX_RATIO = 2.5;
    private static final long MIN_BASE_NS = 150_000_000;
    private static final int FIRST = 250;
    private static final int MAX_ROUNDS = 3;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Path folder;
    private final Count count;
    private final Map<Integer, List<Path>> inputs = new HashMap<>();

    private Doubling(Path folder, Count count) {
        this.folder = folder;
        this.count = count;
    }

    /** @param args parts of the names of counts, and of commands after {@code /}; none: all */
    static void run(String[] args, List<Count> counts) throws IOException {
        int slow = 0;
        for (Count count : counts) {
            if (args.length == 0 || Stream.of(args).anyMatch(a -> count.name().contains(a.split("/", 2)[0]))) {
                List<Command> commands = count.commands().stream()
                        .filter(c -> args.length == 0 || Stream.of(args).anyMatch(a -> isAsked(a, count, c)))
                        .toList();
                slow += run(count, commands);
            }
        }
        System.out.println(slow == 0 ? "all are linear" : slow + " are not linear");
        if (slow > 0) {
            System.exit(1);
        }
    }

    private static boolean isAsked(String arg, Count count, Command command) {
        String[] parts = arg.split("/", 2);
        return count.name().contains(parts[0]) && (parts.length < 2 || command.title().contains(parts[1]));
    }

    private static int run(Count count, List<Command> commands) throws IOException {
        Path folder = Files.createTempDirectory("sockreel-doubling");
        try {
            Doubling doubling = new Doubling(folder, count);
            int slow = 0;
            for (Command command : commands) {
                Ratio ratio = doubling.ratio(command);
                slow += ratio.isLinear() ? 0 : 1;
                System.out.printf(Locale.ROOT, "%-28s %-16s %s%n", count.name(), command.title(), ratio);
            }
            return slow;
        } finally {
            delete(folder);
        }
    }

    private record Run(long cpuNs, int exit) {
        Run min(Run other) {
            return other.cpuNs < cpuNs ? other : this;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%8.0f ms (exit %d)", cpuNs / 1e6, exit);
        }
    }

    /** The runs with n of what is counted, and with twice as many. */
    private record Ratio(int n, Run base, Run twice) {
        double value() {
            return (double) twice.cpuNs() / base.cpuNs();
        }

        boolean isLinear() {
            return value() <= MAX_RATIO || twice.cpuNs() < MIN_BASE_NS;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%8d %s, doubled %s, ratio %.2f%s", n, base, twice, value(),
                    isLinear() ? "" : "  NOT LINEAR");
        }
    }

    private Ratio ratio(Command command) throws IOException {
        int n = FIRST;
        Run base = best(command, n);
        while (base.cpuNs() < MIN_BASE_NS && n * 4 <= count.max()) {
            n *= 2;
            base = best(command, n);
        }
        Ratio ratio = new Ratio(n, base, run(command, 2 * n));
        for (int round = 1; round < MAX_ROUNDS && !ratio.isLinear(); round++) {
            ratio = new Ratio(n, ratio.base().min(run(command, n)), ratio.twice().min(run(command, 2 * n)));
        }
        return ratio;
    }

    /** Runs twice, since the first run may be the one in which most is compiled. */
    private Run best(Command command, int n) throws IOException {
        Run first = run(command, n);
        return first.cpuNs() < MIN_BASE_NS ? first : first.min(run(command, n));
    }

    private Run run(Command command, int n) throws IOException {
        List<Path> input = input(n);
        Path out = Files.createDirectory(folder.resolve("out"));
        Streams streams = Streams.of(InputStream.nullInputStream(), OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream());
        System.gc(); // the garbage of the run before is not this one's
        long before = THREADS.getCurrentThreadCpuTime();
        int exit = Main.run(streams, command.line(input, out));
        long took = THREADS.getCurrentThreadCpuTime() - before;
        delete(out);
        return new Run(Math.max(1, took), exit);
    }

    private List<Path> input(int n) throws IOException {
        List<Path> made = inputs.get(n);
        if (made == null) {
            made = count.maker().make(Files.createDirectory(folder.resolve(String.valueOf(n))), n);
            inputs.put(n, made);
        }
        return made;
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path each : new ArrayList<>(all.sorted(Comparator.reverseOrder()).toList())) {
                    Files.delete(each);
                }
            }
        }
    }
}
