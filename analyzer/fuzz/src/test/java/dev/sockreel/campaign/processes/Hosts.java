package dev.sockreel.campaign.processes;

import dev.sockreel.fixtures.NativePrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What this host lets a trial do, and command lines in namespaces of their own, which end with them. */
final class Hosts {
    private static final long MAX_SECONDS = 20;

    /** Returns why nothing can be recorded here, or null. */
    static @Nullable String whyNoRecording() {
        return Files.exists(Path.of("/proc/net/netlink")) ? null : "there is no Linux kernel to record";
    }

    /** Returns why nothing can be mounted here, not even in a namespace of its own; or null. */
    static @Nullable String whyNoMounts() {
        if (!NativePrograms.onPath("unshare") || !NativePrograms.onPath("mount")) {
            return "there is no unshare or mount";
        }
        try {
            Process tried = new ProcessBuilder("unshare", "-m", "sh", "-c", "mount -t tmpfs none /mnt")
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return tried.waitFor(MAX_SECONDS, TimeUnit.SECONDS) && tried.exitValue() == 0
                    ? whyNoRecording() : "mounting needs root";
        } catch (IOException e) {
            return "unshare cannot be run";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /**
     * Returns a command line that runs a script in a mount namespace of its own.
     *
     * @param script  a POSIX shell's; {@code "$@"} is {@code line}
     */
    static List<String> inNamespace(String script, List<String> line) {
        List<String> all = new ArrayList<>(List.of("unshare", "-m", "--propagation", "private"));
        all.addAll(inShell(script, line));
        return all;
    }

    /** Returns a command line that runs a script whose {@code "$@"} is {@code line}. */
    static List<String> inShell(String script, List<String> line) {
        List<String> all = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        all.addAll(line);
        return all;
    }

    private Hosts() {}
}
