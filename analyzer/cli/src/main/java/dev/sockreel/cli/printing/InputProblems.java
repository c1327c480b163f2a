package dev.sockreel.cli.printing;

import dev.sockreel.cache.Shortfalls;
import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.Damage;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Fault;
import dev.sockreel.procnet.ProcNet;
import dev.sockreel.reading.RepeatedSnapshots;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.wording.Counted;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Collects what is wrong with the input that was shown: unavailable families, incomplete dumps, damage. Prints it on
 * standard error and gives the exit code.
 */
public final class InputProblems {
    /** Lines of one kind printed at most; the rest is counted. */
    private static final int MAX_LINES = 12;

    /**
     * A file among several that is no capture or cannot be read.
     *
     * @param why sentence that begins with its path
     */
    private record PassedOver(Path file, String why) {}

    private final List<PassedOver> passedOver = new ArrayList<>();
    private final List<RepeatedSnapshots.Repeat> repeats = new ArrayList<>();
    private final List<String> incomplete = new ArrayList<>();
    /** Family id → sentence, from the first dump that was unavailable. */
    private final Map<String, String> unavailable = new LinkedHashMap<>();
    private final List<Shortfalls.Harm> damage = new ArrayList<>();
    private final List<String> recovered = new ArrayList<>();
    /** Names of the captures, in the order in which they were read. */
    private final List<String> names = new ArrayList<>();

    /**
     * Restores what {@link #shortfalls} returned.
     *
     * @param files the captures in the order in which they were read, under their current names
     */
    public static InputProblems of(Shortfalls shortfalls, List<Path> files) {
        InputProblems problems = new InputProblems();
        for (int i = 0; i < shortfalls.unavailable().size(); i++) {
            problems.unavailable.put(String.valueOf(i), shortfalls.unavailable().get(i));
        }
        problems.repeats.addAll(shortfalls.repeats());
        problems.incomplete.addAll(shortfalls.incomplete());
        problems.damage.addAll(shortfalls.damage());
        problems.recovered.addAll(shortfalls.recovered());
        files.forEach(f -> problems.names.add(f.toString()));
        return problems;
    }

    /** Returns the problems in the form that the cache stores. */
    public Shortfalls shortfalls() {
        return new Shortfalls(repeats, List.copyOf(unavailable.values()), incomplete, damage, recovered);
    }

    /**
     * Adds a file among several that is not read.
     *
     * @param why sentence that begins with its path
     */
    public void addPassedOver(Path file, String why) {
        passedOver.add(new PassedOver(file, why));
    }

    /** Adds the files that were passed over before the others were read. */
    public void addPassedOver(InputProblems before) {
        passedOver.addAll(before.passedOver);
    }

    /** Adds what the captures, which are read in this order, share with earlier ones. */
    public void addRepeats(List<RepeatedSnapshots.Repeat> shared) {
        repeats.addAll(shared);
    }

    /** Adds the problems of a snapshot, of its tables of /proc/net, and of those of its dumps that pass the test. */
    public void add(Snapshot snapshot, Predicate<Dump> which) {
        add(snapshot, which, asked -> true);
    }

    /**
     * Adds the problems of a snapshot and of those of its dumps and tables that pass the tests.
     *
     * @param tables selects tables of /proc/net, by the request of the dump that they stand in for
     */
    public void add(Snapshot snapshot, Predicate<Dump> which, Predicate<DumpRequest> tables) {
        for (Dump dump : snapshot.dumps()) {
            if (!which.test(dump) || dump.isComplete()) {
                continue;
            }
            Fault fault = worst(dump.faults(), dump.verdict());
            if (dump.verdict() == DumpVerdict.UNAVAILABLE) {
                ProcFile text = snapshot.textInsteadOf(dump);
                unavailable.putIfAbsent(dump.family(),
                        dump.family() + " is unavailable: " + fault.why() + (text == null
                                ? "; there may be such sockets"
                                : "; " + text.path() + " is used instead, which shows less"));
            } else {
                incomplete.add("snapshot %d, %s is %s: %s (%s)".formatted(
                        snapshot.index(), dump.family(), dump.verdict().id(), fault.why(), fault.where()));
            }
        }
        for (ProcFile text : snapshot.procFiles()) {
            String family = ProcNet.family(text.path());
            if (!text.faults().isEmpty() && family != null && tables.test(DumpRequest.ofFamilyId(family))) {
                incomplete.add("snapshot %d, %s is %s: %s".formatted(
                        snapshot.index(), text.path(), text.verdict().id(),
                        worst(text.faults(), text.verdict()).why()));
            }
        }
        if (snapshot.damaged()) {
            addDamage(Shortfalls.NO_FILE, "snapshot " + snapshot.index() + " is damaged: sockets may be missing");
        }
        snapshot.notes().stream().filter(InputProblems::isAboutLostSnapshots).forEach(n -> recovered.add(n.text()));
        if (!snapshot.isFinished()) {
            addDamage(Shortfalls.NO_FILE, "the end of snapshot " + snapshot.index() + " is missing");
        }
    }

    /** Returns whether a note of a recovered file is about lost data between two intact snapshots. */
    public static boolean isAboutLostSnapshots(RecorderNote note) {
        return note.kind() == RecorderNote.Kind.LOST_BEFORE_RECOVERY && note.snapshot() < 0;
    }

    private static Fault worst(List<Fault> faults, DumpVerdict verdict) {
        return faults.stream()
                .filter(f -> f.kind().verdict() == verdict)
                .findFirst()
                .orElseThrow();
    }

    /** Adds the damage of a capture that was read to its end. */
    public void add(CaptureReader capture) {
        int file = names.size();
        names.add(capture.path().toString());
        for (Damage d : capture.damages()) {
            addDamage(file, d.where() + ": " + d.why());
        }
        if (capture.ending() == CaptureReader.Ending.NOT_CLOSED) {
            addDamage(file, capture.unclosed().where() + ": " + capture.unclosed().why());
        }
    }

    private void addDamage(int file, String what) {
        damage.add(new Shortfalls.Harm(file, what));
    }

    /** @param naming maps the path of a capture to the name to print */
    private List<String> damage(UnaryOperator<String> naming) {
        return damage.stream()
                .map(h -> h.file() == Shortfalls.NO_FILE
                        ? h.what() : naming.apply(names.get(h.file())) + ": " + h.what())
                .toList();
    }

    /** Prints all problems. */
    public void print(PrintWriter err) {
        print(err, passedOver.stream().map(p -> p.why() + "; it is passed over").toList());
        print(err, repeats.stream().map(this::sentence).toList());
        print(err, List.copyOf(unavailable.values()));
        print(err, incomplete);
        print(err, damage(name -> name));
        print(err, recovered);
        err.flush();
    }

    private String sentence(RepeatedSnapshots.Repeat repeat) {
        return names.get(repeat.file()) + " holds " + Counted.of(repeat.snapshots(), "snapshot") + " already read from "
                + names.get(repeat.earlier())
                + (repeat.snapshots() == 1 ? ", which counts once" : ", which count once");
    }

    private static void print(PrintWriter err, List<String> lines) {
        lines.stream().limit(MAX_LINES).forEach(l -> err.println(Terminal.line(l)));
        if (lines.size() > MAX_LINES) {
            err.println("and " + (lines.size() - MAX_LINES) + " more like these");
        }
    }

    /** Returns the problems for a report, without folder names: a report is passed on to others. */
    public Caveats caveats() {
        List<String> lost = new ArrayList<>();
        passedOver.forEach(p -> lost.add(p.why().replace(p.file().toString(), String.valueOf(p.file().getFileName()))
                + "; it is passed over"));
        lost.addAll(damage(name -> String.valueOf(Path.of(name).getFileName())));
        lost.addAll(recovered);
        return new Caveats(incomplete, lost);
    }

    boolean isWhole() {
        return incomplete.isEmpty() && damage.isEmpty() && passedOver.isEmpty();
    }

    public int exitCode() {
        return isWhole() ? ExitCode.DONE : ExitCode.DAMAGED;
    }
}
