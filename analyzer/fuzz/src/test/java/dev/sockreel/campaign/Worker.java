package dev.sockreel.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.campaign.trial.Finding;
import dev.sockreel.campaign.trial.Findings;
import dev.sockreel.campaign.trial.Kind;
import dev.sockreel.campaign.trial.Limits;
import dev.sockreel.campaign.trial.Tally;
import dev.sockreel.campaign.trial.Trials;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The JVM that runs trials: {@code Worker SEED OUT SCRATCH}. It reads lines KIND, FROM, NUMBER, SECONDS with tabs
 * between them and runs up to NUMBER trials for SECONDS; it answers with a line before and one after each trial, and
 * with {@code done}. The campaign starts another one where it does not.
 */
final class Worker {
    private static final int BROKEN = 70;

    private final Trials trials;
    private final PrintStream answers;
    private final Map<String, Kind> made = new HashMap<>();

    private Worker(Trials trials, PrintStream answers) {
        this.trials = trials;
        this.answers = answers;
    }

    public static void main(String... args) throws IOException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        System.setOut(System.err); // nothing that a command or a library prints reaches the campaign
        Findings findings = new Findings(Path.of(args[1], "findings"));
        Worker worker = new Worker(
                new Trials(Long.parseLong(args[0]), new Limits(true, true), Path.of(args[2]), findings), answers);
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            worker.slice(line.split("\t"));
        }
    }

    private void slice(String... request) throws IOException {
        Kind kind = made.computeIfAbsent(request[0], name -> Kinds.of(name).made().get());
        String why = kind.unavailable();
        if (why != null) {
            answers.println("unavailable\t" + why);
            return;
        }
        long end = System.nanoTime() + Long.parseLong(request[3]) * 1_000_000_000L;
        long number = Long.parseLong(request[1]);
        long last = number + Long.parseLong(request[2]);
        while (number < last && System.nanoTime() < end) {
            answers.println("begin\t" + number);
            trial(kind, number++);
        }
        answers.println("done\t" + number);
    }

    private void trial(Kind kind, long number) throws IOException {
        Tally tally = new Tally();
        try {
            for (Finding finding : trials.run(kind, number, tally)) {
                System.err.println(kind.name() + " " + number + ": " + finding.sign());
            }
        } catch (Throwable e) {
            // a command that hangs has been kept as a finding; its thread lives on, so this JVM is of no more use
            e.printStackTrace();
            answers.println("broken\t" + e);
            Runtime.getRuntime().halt(BROKEN);
        }
        answers.println("end\t" + tally.toLine());
    }
}
