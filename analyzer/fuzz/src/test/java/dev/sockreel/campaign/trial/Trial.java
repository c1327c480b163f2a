package dev.sockreel.campaign.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One trial: runs commands, checks what all of them promise, and collects what its kind finds. */
public final class Trial {
    /** Commands that refuse words as wrong usage when the capture has nothing, or too much, that they name. */
    private static final Set<String> MAY_REFUSE_WORDS = Set.of("show", "ss", "diff", "peers", "history", "record");

    private final Tally tally;
    private final Limits limits;
    private final RandomGenerator random;
    private final Path folder;
    private final String name;
    private final List<Finding> findings = new ArrayList<>();
    private long inputBytes;
    private int outputs;

    Trial(Tally tally, Limits limits, RandomGenerator random, Path folder, String name) {
        this.tally = tally;
        this.limits = limits;
        this.random = random;
        this.folder = folder;
        this.name = name;
    }

    /** Returns the choices of the check, which do not depend on how many choices the input took. */
    public RandomGenerator random() {
        return random;
    }

    /** Returns the kind and number of this trial and a command line, without the folder. */
    public String label(String line) {
        return name + ": " + line.replace(folder + "/", "");
    }

    /** Returns an empty folder for this trial alone. */
    public Path folder() {
        return folder;
    }

    /** Returns a new name for an output in the folder. */
    public Path output(String ending) {
        return folder.resolve("out" + outputs++ + ending);
    }

    /** Counts and limits what this trial costs. */
    public Tally tally() {
        return tally;
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** States the size of the input, when it is not compressed, for the limits of the commands that follow. */
    public void input(long bytes) {
        inputBytes = bytes;
    }

    /** Reports a finding. */
    public void fails(String promise, String command, @Nullable String detail) {
        findings.add(new Finding(promise, command.replace(folder + "/", ""),
                String.valueOf(detail).replace(folder + "/", "")));
    }

    /** Reports a finding unless {@code holds}. */
    public void promise(boolean holds, String promise, CommandResult ran, String detail) {
        if (!holds) {
            String err = ran.err().strip();
            fails(promise, ran.line(), detail + ", exit " + ran.exit() + (err.isEmpty() ? "" : "\n" + err));
        }
    }

    /** Runs a command that writes no file. */
    public CommandResult sockreel(String... words) throws IOException {
        return sockreel(null, words);
    }

    /**
     * Runs a command in this JVM and checks its exit code, standard error, cost, and that it leaves nothing behind.
     *
     * @param output the one file that it may write, absent unless it exits with 0, 1 or 4; null for none
     */
    public CommandResult sockreel(@Nullable Path output, String... words) throws IOException {
        boolean before = output != null && Files.exists(output);
        Set<Path> places = files(output);
        CommandResult ran = Command.run(List.of(words));
        if (limits.exceeded(ran, inputBytes) != null) {
            deleteAsBefore(output, before);
            ran = Command.run(List.of(words)); // the first run loads classes and waits for the compiler
        }
        limits.exceeded(ran, inputBytes, (promise, detail) -> fails(promise, String.join(" ", words), detail));
        tally.add("commands", 1);
        tally.max("maxCpuMs", ran.cpuNs() / 1_000_000, label(ran.line()));
        tally.max("maxAllocatedMb", ran.allocatedBytes() >> 20, label(ran.line()));
        tally.max("maxRssMb", Memory.peakMb(), label(ran.line()));
        checkEnd(ran);
        if (output != null && !before && ran.exit() > 1 && ran.exit() != 4 && Files.exists(output)) {
            fails("nothing is left of an output that failed", ran.line(), "a file of " + Files.size(output) + " bytes");
        }
        Set<Path> more = files(output);
        more.removeAll(places);
        if (!more.isEmpty()) {
            fails("only the output is written", ran.line(), "it left " + more);
        }
        return ran;
    }

    private static void deleteAsBefore(@Nullable Path output, boolean before) throws IOException {
        if (output != null && !before) {
            Files.deleteIfExists(output);
        }
    }

    /** Checks what holds for the end of every command. */
    public void checkEnd(CommandResult ran) {
        boolean isAsked = MAY_REFUSE_WORDS.contains(ran.words().getFirst());
        promise(ran.exit() >= 0 && ran.exit() <= 4 && (ran.exit() != 2 || isAsked), "exit codes are as promised", ran,
                "another");
        promise(ran.exit() < 2 || !ran.err().isBlank(), "a failure has a sentence", ran, "nothing on stderr");
        promise(!ran.err().contains("out of memory"), "memory is bounded by limits, not by the heap", ran,
                "out of memory at " + inputBytes + " bytes");
        String wrong = OutputCheck.err(ran.err());
        if (wrong != null) {
            fails("stderr is for people", ran.line(), wrong);
        }
    }

    /** Checks what a command printed. */
    public void checkOut(String format, CommandResult ran) {
        String wrong = OutputCheck.out(format, ran.out());
        if (wrong != null) {
            fails("output is well-formed " + format, ran.line(), wrong);
        }
    }

    /** Returns the files where a command may not leave any, without the output. */
    private Set<Path> files(@Nullable Path output) throws IOException {
        Set<Path> all = new TreeSet<>();
        Set<Path> places = new HashSet<>(Set.of(folder));
        if (limits.isAlone()) {
            places.addAll(List.of(Path.of("").toAbsolutePath(), temporary()));
        }
        for (Path place : places) {
            try (Stream<Path> in = Files.list(place)) {
                in.filter(f -> !f.equals(output)).forEach(all::add);
            }
        }
        return all;
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }
}
