package dev.sockreel.benchmarks.series;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kernel's limit: C loops that send a recorder's requests and receive, decoding nothing. Each sleeps a second
 * between two dumps, so that caches are as cold as a recorder's.
 */
final class KernelLimit {
    private static final Pattern SPENT = Pattern.compile("user=([0-9.]+) sys=([0-9.]+)");
    private static final String PAUSE_MS = "1000";
    private static final List<String> INET = List.of("--ext", "0xff", "--states", "0xfff");

    /** The options of kernellimit that ask as the recorder does (dev.sockreel.nlmsg.Family). */
    private static final Map<String, List<String>> REQUESTS = Map.of(
            "tcp4", List.of("--family", "4", "--protocol", "6"),
            "tcp6", List.of("--family", "6", "--protocol", "6"),
            "udp4", List.of("--family", "4", "--protocol", "17"),
            "udp6", List.of("--family", "6", "--protocol", "17"),
            "unix", List.of("--family", "unix", "--ext", "0x77", "--states", "0xffffffff"),
            "netlink", List.of("--family", "netlink", "--ext", "0x0f"));

    private final List<Process> loops = new ArrayList<>();

    /** Starts a loop for each family. */
    static KernelLimit start(Farm farm, List<String> families, int runs) throws IOException, InterruptedException {
        KernelLimit limit = new KernelLimit();
        for (String family : families) {
            List<String> command = new ArrayList<>(farm.inside());
            command.add(CProgram.path(CProgram.KERNELLIMIT));
            command.addAll(options(family));
            command.addAll(List.of("--runs", Integer.toString(runs), "--pause", PAUSE_MS));
            limit.loops.add(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
        }
        return limit;
    }

    static List<String> options(String family) {
        List<String> request = REQUESTS.get(family);
        if (request == null) {
            throw new IllegalArgumentException("the kernel's limit is not measured for " + family);
        }
        List<String> options = new ArrayList<>(request);
        if (request.contains("--protocol")) {
            options.addAll(INET);
        }
        return options;
    }

    /** Waits for all and returns their CPU seconds, user and system. */
    double cpuSeconds() throws IOException, InterruptedException {
        double sum = 0;
        for (Process loop : loops) {
            String line = new String(loop.getInputStream().readAllBytes(), US_ASCII);
            if (loop.waitFor() != 0) {
                throw new IOException("kernellimit ended with " + loop.exitValue() + ": " + line);
            }
            sum += cpuSeconds(line);
        }
        return sum;
    }

    static double cpuSeconds(String line) throws IOException {
        Matcher found = SPENT.matcher(line);
        if (!found.find()) {
            throw new IOException("kernellimit printed " + line);
        }
        return Double.parseDouble(found.group(1)) + Double.parseDouble(found.group(2));
    }

    private KernelLimit() {}
}
