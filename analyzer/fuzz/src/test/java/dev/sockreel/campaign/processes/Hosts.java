package dev.sockreel.campaign.processes;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What this host lets a trial do. */
final class Hosts {
    /** Returns why nothing can be recorded here, or null. */
    static @Nullable String whyNoRecording() {
        return Files.exists(Path.of("/proc/net/netlink")) ? null : "there is no Linux kernel to record";
    }

    private Hosts() {}
}
