package dev.sockreel.recorder.host;

import java.nio.charset.StandardCharsets;

/**
 * The CPU time of this process, nanoseconds, from utime and stime of /proc/self/stat. Their unit is 1/100 s: USER_HZ is
 * 100 on every architecture that JDK 25 runs on.
 */
public record CpuTime(long userNs, long kernelNs) {
    private static final long TICK_NS = 10_000_000;

    public static CpuTime now() {
        String text = new String(new ProcFiles().read("/proc/self/stat").bytes(), StandardCharsets.ISO_8859_1);
        String[] words = text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1);
        return words.length < 13
                ? new CpuTime(0, 0)
                : new CpuTime(Long.parseLong(words[11]) * TICK_NS, Long.parseLong(words[12]) * TICK_NS);
    }

    public CpuTime since(CpuTime earlier) {
        return new CpuTime(userNs - earlier.userNs, kernelNs - earlier.kernelNs);
    }
}
