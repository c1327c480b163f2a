package dev.sockreel.campaign.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of a process, from /proc. */
public final class Memory {
    /** Returns this process's largest resident size in MB; 0 unknown. */
    static long peakMb() {
        return peakMb(Path.of("/proc/self/status"));
    }

    /** Returns the largest resident size of a process in MB; 0 unknown. */
    public static long peakMb(long pid) {
        return peakMb(Path.of("/proc/" + pid + "/status"));
    }

    private static long peakMb(Path status) {
        try {
            return Files.readAllLines(status).stream().filter(l -> l.startsWith("VmHWM:"))
                    .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) >> 10).findFirst().orElse(0);
        } catch (IOException e) {
            return 0; // no Linux, or the process has ended
        }
    }

    private Memory() {}
}
