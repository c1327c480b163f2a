package dev.sockreel.campaign.trial;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Runs trials, and keeps a small input for each sort of finding. */
public final class Trials {
    private static final int MAX_SHRINKS = 120;
    private static final int MAX_PIECES = 64;
    private static final long MAX_SHRINK_NS = 20_000_000_000L;

    private final long seed;
    private final Limits limits;
    private final Path scratch;
    private final Findings findings;

    /** Trials whose files stand in {@code scratch}, a folder of its own. */
    public Trials(long seed, Limits limits, Path scratch, Findings findings) {
        this.seed = seed;
        this.limits = limits;
        this.scratch = scratch;
        this.findings = findings;
    }

    /** Runs one trial and returns what it found. */
    public List<Finding> run(Kind kind, long number, Tally tally) throws IOException {
        tally.add("inputs", 1);
        Material material;
        try {
            material = kind.input(random(kind, number, 0));
        } catch (Exception e) {
            throw new IllegalStateException(kind.name() + " " + number + " has no input", e);
        }
        List<Finding> found;
        try {
            found = attempt(kind, number, material, tally);
        } catch (Command.HangException e) {
            Finding hang = new Finding("every command ends", e.command, String.valueOf(e.getMessage()));
            findings.keep(hang, again(kind, number), scratch.resolve("trial"));
            throw e;
        }
        for (Finding finding : found) {
            tally.add("findings", 1);
            if (!findings.isKnown(finding, again(kind, number))) {
                tally.add("sorts", 1);
                keep(kind, number, finding, material);
            }
        }
        empty(scratch);
        return found;
    }

    private List<Finding> attempt(Kind kind, long number, Material material, Tally tally) throws IOException {
        empty(scratch);
        Path folder = Files.createDirectories(scratch.resolve("trial"));
        Trial trial = new Trial(tally, limits, random(kind, number, 1), folder, kind.name() + " " + number);
        trial.input(material.bytes());
        try {
            kind.check(trial, material);
        } catch (Command.ThrownException e) {
            trial.fails("nothing is thrown", e.command, trace(e.thrown));
        } catch (Command.HangException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            trial.fails("nothing is thrown", "(check)", trace(e));
        }
        return trial.findings();
    }

    private static String trace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString().lines().limit(30).reduce("", (a, b) -> a + "\n" + b).strip();
    }

    private void keep(Kind kind, long number, Finding finding, Material material) throws IOException {
        Material small = shrunk(kind, number, finding, material);
        empty(scratch);
        Path input = small.parts().isEmpty()
                ? scratch.resolve("none")
                : small.write(Files.createDirectories(scratch.resolve("kept")));
        findings.keep(finding, again(kind, number), input);
    }

    /** Takes halves, quarters, … out of a material while it still fails in the same way. */
    private Material shrunk(Kind kind, long number, Finding finding, Material material) throws IOException {
        long end = System.nanoTime() + MAX_SHRINK_NS;
        Material small = material;
        int tries = 0;
        for (int most = 2; most <= MAX_PIECES && !small.parts().isEmpty(); most *= 2) {
            int pieces = Math.min(most, small.parts().size());
            for (int i = pieces - 1; i >= 0; i--) {
                if (tries++ == MAX_SHRINKS || System.nanoTime() > end) {
                    return small;
                }
                Material less = without(small, i, pieces);
                if (!less.parts().isEmpty() && less.parts().size() < small.parts().size()
                        && stillFails(kind, number, finding, less)) {
                    small = less;
                }
            }
        }
        return small;
    }

    private static Material without(Material all, int piece, int pieces) {
        int size = all.parts().size();
        List<byte[]> left = new ArrayList<>(all.parts().subList(0, size * piece / pieces));
        left.addAll(all.parts().subList(size * (piece + 1) / pieces, size));
        return all.with(left);
    }

    private boolean stillFails(Kind kind, long number, Finding finding, Material less) throws IOException {
        return attempt(kind, number, less, new Tally()).stream().anyMatch(f -> f.sign().equals(finding.sign()));
    }

    private String again(Kind kind, long number) {
        return "analyzer/fuzz/campaign --seed " + seed + " --trial " + number + " " + kind.name();
    }

    private Random random(Kind kind, long number, int use) {
        long mixed = (seed * 31 + kind.name().hashCode()) * 0x9E3779B97F4A7C15L + number * 2 + use;
        return new Random(mixed ^ mixed >>> 29);
    }

    /** Removes what is in a folder. */
    public static void empty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!p.equals(folder)) {
                    Files.deleteIfExists(p);
                }
            }
        }
    }
}
