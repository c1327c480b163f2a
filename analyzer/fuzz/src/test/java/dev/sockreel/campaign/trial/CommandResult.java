package dev.sockreel.campaign.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * A command that has ended.
 *
 * @param words          the command line without {@code sockreel}
 * @param exit           its exit code
 * @param cpuNs          CPU time; 0 unknown
 * @param allocatedBytes allocated in the heap; 0 unknown
 */
public record CommandResult(
        List<String> words, int exit, byte[] outBytes, byte[] errBytes, long cpuNs, long allocatedBytes) {
    public CommandResult {
        words = List.copyOf(words);
    }

    public String out() {
        return new String(outBytes, UTF_8);
    }

    public String err() {
        return new String(errBytes, UTF_8);
    }

    public String line() {
        return String.join(" ", words);
    }
}
