package dev.sockreel.benchmarks.series;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * A host that is recorded.
 *
 * @param name     as the command line names it
 * @param title    what is on the host, for people; {@code SOCKETS} stands for how many are asked for
 * @param isSynthetic whether the traffic is made by the benchmark alone, and not by programs that people use
 * @param families what is recorded; empty for what the recorder asks for by default
 * @param load     the program that makes the sockets
 * @param goals    what sockreel should reach on it
 */
record Scenario(String name, String title, boolean isSynthetic, List<String> families, Load load, Goals goals) {
    /** The families of a default recording, whose dumps the kernel's limit is measured with. */
    private static final List<String> DEFAULT_FAMILIES = List.of("tcp4", "tcp6", "udp4", "udp6", "unix", "netlink");

    /** Returns the command of a program that {@link Farm} can run. */
    interface Load {
        List<String> command(int sockets) throws IOException, InterruptedException;
    }

    /** Returns a sentence about where the traffic comes from. */
    String origin() {
        return isSynthetic ? "Synthetic: traffic.c with seed 1, on loopback."
                : "Real programs; their clients run on the same machine and load them evenly.";
    }

    /** The options of {@code record} that choose the families. */
    List<String> familyOptions() {
        return families.isEmpty() ? List.of() : List.of("--families", String.join(",", families));
    }

    /** Returns the title with a number of sockets where the scenario has room for any. */
    String title(int sockets) {
        return title.replace("SOCKETS", String.format(Locale.ROOT, "%,d", sockets));
    }

    /** The families whose dumps make the kernel's limit. */
    List<String> dumpedFamilies() {
        return families.isEmpty() ? DEFAULT_FAMILIES : families;
    }
}
