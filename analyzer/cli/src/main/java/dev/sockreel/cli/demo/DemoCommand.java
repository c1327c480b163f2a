package dev.sockreel.cli.demo;

import dev.sockreel.cli.findings.FindingsText;
import dev.sockreel.cli.naming.ForceOption;
import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.Progress;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.report.ReportCommand;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.output.Output;
import dev.sockreel.output.WholeFile;
import dev.sockreel.recorder.Recorder;
import dev.sockreel.recorder.StopSignal;
import dev.sockreel.recorder.options.OwnersPolicy;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.report.ReportData;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code sockreel demo} command: records stuck processes of its own on this machine and shows the causes. */
@Command(
        name = "demo",
        addMethodSubcommands = false,
        description = "Starts processes that get stuck, records them and reports who is to blame.",
        footer = {
            "sockreel demo",
            "Who does not read, and who hangs because of it? Also in demo.html.",
            "sockreel demo --force",
            "The same once more, over the files of the last time."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Path REEL = Path.of("demo.reel");
    private static final Path PAGE = Path.of("demo.html");
    private static final String SHIPPED = "amd64-6.1-snapshots.reel";
    private static final int SNAPSHOTS = 5;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ForceOption force = new ForceOption();

    @Override
    public Integer call() throws IOException, RecordingException {
        checkFree(); // before anything is recorded
        return System.getProperty("os.name").equals("Linux") ? live() : shipped();
    }

    private void checkFree() throws IOException {
        for (Path file : List.of(REEL, PAGE)) {
            try {
                Output.of(file, force.isGiven());
            } catch (FileAlreadyExistsException e) {
                throw new FileSystemException(file.toString(), null,
                        "already exists: go to another folder, or --force overwrites it");
            }
        }
    }

    private int live() throws IOException, RecordingException {
        PrintWriter out = Stdout.get().text();
        try (RoleProcesses processes = RoleProcesses.start()) {
            out.println("Made on this machine, each a process of its own:");
            for (Role role : Role.values()) {
                out.println("  %-13s %7d  %s".formatted(role.comm(), processes.pid(role), role.does()));
            }
            out.println();
            out.println("Recording the live kernel: %d snapshots, one a second, into %s".formatted(SNAPSHOTS, REEL));
            out.println();
            Stdout.get().check();
            record();
            return judge(processes);
        }
    }

    private void record() throws RecordingException {
        RecordOptions options = RecordOptions.to(REEL)
                .withInterval(INTERVAL)
                .withCount(SNAPSHOTS)
                .withOwners(new OwnersPolicy.Each())
                .withForce(force.isGiven());
        Recorder.run(options, new StopSignal(), line -> spec.commandLine().getErr().println(Terminal.printable(line)));
    }

    /** Prints the causes that concern the demo's processes and counts the others. */
    private int judge(RoleProcesses processes) throws IOException {
        InputProblems problems = new InputProblems();
        List<Cause> all = report(problems).causes();
        List<Cause> own = all.stream().filter(c -> concerns(c, processes)).toList();
        new FindingsText(Stdout.get(), false).printCauses(own);
        int others = all.size() - own.size();
        PrintWriter out = Stdout.get().text();
        out.println((others == 0 ? "No cause" : Counted.of(others, "cause"))
                + " about other processes of this host" + (others == 0 ? "." : ": see sockreel findings " + REEL));
        out.println("The same as a page, with charts and all sockets of this host: " + PAGE);
        out.println("Next: sockreel info %1$s   sockreel findings --sockets %1$s".formatted(REEL));
        Stdout.get().check();
        problems.print(spec.commandLine().getErr());
        requireAll(all, processes);
        return problems.exitCode();
    }

    private static void requireAll(List<Cause> found, RoleProcesses processes) throws IOException {
        List<String> missed = Expected.ALL.stream()
                .filter(e -> !e.isAmong(found, processes))
                .map(e -> e.culprit().comm())
                .toList();
        if (!missed.isEmpty()) {
            throw new IOException("what is wrong with " + String.join(", ", missed)
                    + " was not found as expected; `sockreel info " + REEL + "` shows what could be seen");
        }
    }

    private static boolean concerns(Cause cause, RoleProcesses processes) {
        List<Owner> owners = cause.processes();
        return owners != null && owners.stream().anyMatch(o -> processes.has(o.pid()))
                || cause.victims().stream().anyMatch(v -> processes.has(v.pid()));
    }

    /** Writes the report about {@link #REEL} to {@link #PAGE}. */
    private Findings report(InputProblems problems) throws IOException {
        Progress progress = new Progress(spec.commandLine().getErr());
        ReportData data = ReportCommand.gather(List.of(REEL), Thresholds.DEFAULT, problems, progress);
        try (WholeFile page = WholeFile.create(PAGE, force.isGiven())) {
            ReportCommand.write(data, problems, page.stream());
            page.finish();
        }
        return data.findings();
    }

    private int shipped() throws IOException {
        Stdout.get().text().println("This is not Linux, so there is no kernel to record. Below is a real recording\n"
                + "of another machine (Linux 6.1, five snapshots, sockets broken on purpose),\n"
                + "copied to " + REEL + ":\n");
        try (InputStream in = DemoCommand.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IOException("the shipped capture is missing from this build: " + SHIPPED);
            }
            try (WholeFile reel = WholeFile.create(REEL, force.isGiven())) {
                in.transferTo(reel.stream());
                reel.finish();
            }
        }
        new FindingsText(Stdout.get(), false).print(report(new InputProblems()));
        Stdout.get().text().println("The same as a page, with charts: " + PAGE);
        Stdout.get().check();
        return ExitCode.DONE;
    }
}
