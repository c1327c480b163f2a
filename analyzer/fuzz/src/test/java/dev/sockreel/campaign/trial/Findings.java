package dev.sockreel.campaign.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of findings: one folder for each sort, with its first input; more of a sort are only counted. */
public final class Findings {
    private final Path folder;

    public Findings(Path folder) {
        this.folder = folder;
    }

    /** Returns true if a finding of this sort was kept before, in which case it is counted. */
    boolean isKnown(Finding finding, String again) throws IOException {
        Path of = folder.resolve(finding.slug());
        if (!Files.exists(of)) {
            return false;
        }
        Path more = of.resolve("more");
        if (!Files.exists(more) || Files.size(more) < 1 << 16) {
            Files.writeString(more, again + "\n", java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        }
        return true;
    }

    /** Keeps a finding without an input. */
    public void keep(Finding finding, String again) throws IOException {
        if (!isKnown(finding, again)) {
            keep(finding, again, folder.resolve("none"));
        }
    }

    /**
     * Keeps a finding.
     *
     * @param again the command line that runs its trial again
     * @param input the file or folder that a trial read; absent for trials without
     */
    void keep(Finding finding, String again, Path input) throws IOException {
        Path of = Files.createDirectories(folder.resolve(finding.slug()));
        Files.writeString(of.resolve("finding.txt"), """
                promise  %s
                command  sockreel %s
                instead  %s
                again    %s
                """.formatted(finding.promise(), finding.command(), finding.detail(), again), UTF_8);
        if (Files.exists(input)) {
            copy(input, of.resolve("input"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path p : all.sorted(Comparator.naturalOrder()).toList()) {
                if (Files.isRegularFile(p) || Files.isDirectory(p)) {
                    Files.copy(p, to.resolve(from.relativize(p).toString()));
                }
            }
        }
    }

    /** Returns what was found, one sort a line, with the number of findings of that sort. */
    public List<String> lines() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> Files.exists(f.resolve("finding.txt"))).sorted().map(Findings::line).toList();
        }
    }

    private static String line(Path of) {
        try {
            List<String> lines = Files.readAllLines(of.resolve("finding.txt"));
            Path more = of.resolve("more");
            int count = 1 + (Files.exists(more) ? Files.readAllLines(more).size() : 0);
            return "%s (%d): %s: %s".formatted(of.getFileName(), count, lines.get(1).substring(9),
                    lines.get(2).substring(9));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
