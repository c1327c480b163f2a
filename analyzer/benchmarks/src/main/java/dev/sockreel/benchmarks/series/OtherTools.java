package dev.sockreel.benchmarks.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gives raw dumps to zstd and ss. */
final class OtherTools {
    private static final String LEVEL = "-3";
    private static final Path MOUNTS = Path.of("/proc/mounts");

    private final RawDumps dumps;
    private final WorkFolder work;

    OtherTools(RawDumps dumps, WorkFolder work) {
        this.dumps = dumps;
        this.work = work;
    }

    /** Compresses all snapshots as one stream. */
    Row zstd(String... options) throws IOException, InterruptedException {
        Path out = work.file("all.zst");
        Cost cost = Run.of(zstd(dumps.whole(), out, options));
        Path first = work.file("first.zst");
        Run.of(zstd(dumps.snapshots().getFirst(), first, options));
        return Row.writing(dumps, Files.size(out), Files.size(first), cost.cpuSeconds() * 1e9 / dumps.sockets(),
                cost.maxRssBytes());
    }

    /** Compresses each snapshot with the one before as its reference. */
    Row zstdPatches() throws IOException, InterruptedException {
        Path out = work.file("part.zst");
        Cost cost = Run.of(zstd(dumps.snapshots().getFirst(), out));
        long first = Files.size(out);
        long bytes = first;
        for (int i = 1; i < dumps.snapshots().size(); i++) {
            cost = cost.plus(Run.of(
                    zstd(dumps.snapshots().get(i), out, "--patch-from=" + dumps.snapshots().get(i - 1))));
            bytes += Files.size(out);
        }
        return Row.writing(dumps, bytes, first, cost.cpuSeconds() * 1e9 / dumps.sockets(), cost.maxRssBytes());
    }

    private static List<String> zstd(Path in, Path out, String... options) {
        List<String> command = new ArrayList<>(List.of("zstd", "-q", "-f", LEVEL));
        command.addAll(List.of(options));
        command.addAll(List.of(in.toString(), "-o", out.toString()));
        return command;
    }

    /** Lets ss replay these tcp4 dumps, a process for each, and print all it knows. */
    Row ss(List<Path> files, long sockets) throws IOException, InterruptedException {
        if (sockets == 0) {
            return Row.NONE;
        }
        List<String> command = new ArrayList<>(List.of("bash", "-c",
                "options=$1; shift; for dump; do TCPDIAG_FILE=$dump ss \"$options\" || exit; done", "replay",
                ssOptions()));
        files.forEach(f -> command.add(f.toString()));
        return Row.reading(Run.of(command), sockets);
    }

    /** Where no cgroup2 is mounted, ss would print an error for each socket with -e, and take long for it. */
    private static String ssOptions() throws IOException {
        return Files.readString(MOUNTS).contains("cgroup2") ? "-tanieomH" : "-taniomH";
    }
}
