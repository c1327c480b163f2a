package dev.sockreel.cli.demo;

import dev.sockreel.cli.findings.FindingsText;
import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.InputProblems;
import dev.sockreel.cli.printing.OutputFile;
import dev.sockreel.cli.printing.Progress;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.cli.report.HtmlReport;
import dev.sockreel.cli.report.ReportCommand;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.recorder.Recorder;
import dev.sockreel.recorder.StopSignal;
import dev.sockreel.recorder.options.OwnersPolicy;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.report.ReportData;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code sockreel demo} command: records broken sockets on this machine and shows the findings. */
@Command(
        name = "demo",
        description = "Makes a few broken sockets on this machine, records them and reports what is wrong with them."
                + " Writes demo.reel and demo.html into the current folder.")
public final class DemoCommand implements Callable<Integer> {
    private static final Path REEL = Path.of("demo.reel");
    private static final Path PAGE = Path.of("demo.html");
    private static final String SHIPPED = "amd64-6.1-snapshots.reel";
    private static final int SNAPSHOTS = 4;
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, RecordingException {
        if (Files.isRegularFile(PAGE) && Files.size(PAGE) > 0 && !HtmlReport.isReport(PAGE)) {
            throw new FileAlreadyExistsException(PAGE.toString()); // not written by sockreel
        }
        return System.getProperty("os.name").equals("Linux") ? live() : shipped();
    }

    private int live() throws IOException, RecordingException {
        PrintWriter out = Stdout.get().writer();
        try (DemoSockets sockets = DemoSockets.make()) {
            out.println("Made on this machine:");
            sockets.broken().forEach((socket, what) -> out.println("  " + socket + ": " + what));
            out.println("Recording the live kernel: %d snapshots, one a second, into %s".formatted(SNAPSHOTS, REEL));
            out.println();
            Stdout.get().check();
            record();
            return judge(sockets.broken().keySet());
        }
    }

    private void record() throws RecordingException {
        RecordOptions options = RecordOptions.to(REEL)
                .withInterval(INTERVAL)
                .withCount(SNAPSHOTS)
                .withOwners(new OwnersPolicy.Each())
                .withForce(true);
        Recorder.run(options, new StopSignal(), line -> spec.commandLine().getErr().println(Terminal.printable(line)));
    }

    /**
     * Prints the findings about the demo's sockets and counts those about others.
     *
     * @param broken names of the sockets that must be found
     */
    private int judge(Set<String> broken) throws IOException {
        Findings all = report();
        List<Finding> own = all.findings().stream().filter(f -> broken.contains(name(f.socket()))).toList();
        new FindingsText(Stdout.get(), false).printCauses(all.causes().stream()
                .filter(c -> c.findings().stream().anyMatch(i -> own.contains(all.findings().get(i))))
                .toList());
        PrintWriter out = Stdout.get().writer();
        int others = all.findings().size() - own.size();
        out.println(others == 0
                ? "No findings about other sockets of this host."
                : Counted.of(others, "finding")
                        + " about other sockets of this host, not shown here; see `sockreel findings " + REEL + "`.");
        out.println("The report with charts and all sockets of this host: open " + PAGE + " in a browser.");
        out.println("Next: sockreel show %1$s   sockreel info %1$s   sockreel verify %1$s".formatted(REEL));
        Stdout.get().check();
        Set<String> missed = new HashSet<>(broken);
        own.forEach(f -> missed.remove(name(f.socket())));
        if (!missed.isEmpty()) {
            throw new IOException("the demo's fault was not found on " + String.join(", ", missed)
                    + "; `sockreel info " + REEL + "` shows what could be seen");
        }
        return ExitCode.DONE;
    }

    /** Returns the name that {@link DemoSockets} gives a socket: both ends of a connection, or the local name. */
    private static String name(SocketRow row) {
        Socket s = row.socket();
        boolean connection = s.netid().equals("tcp") && !s.isListener();
        return s.local() + (connection ? " <- " + row.peer() : "");
    }

    /** Writes the report about {@link #REEL} to {@link #PAGE}. */
    private Findings report() throws IOException {
        InputProblems problems = new InputProblems();
        Progress progress = new Progress(spec.commandLine().getErr());
        ReportData data = ReportCommand.gather(List.of(REEL), Thresholds.DEFAULT, problems, progress);
        try (OutputStream file = OutputFile.replace(PAGE)) {
            ReportCommand.write(data, problems, file);
        }
        return data.findings();
    }

    private int shipped() throws IOException {
        Stdout.get().writer().println("This is not Linux, so there is no kernel to record. Below is a real recording of"
                + " another\nmachine (Linux 6.1, five snapshots, sockets broken on purpose), copied to " + REEL
                + ":\n");
        try (InputStream in = DemoCommand.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IOException("the shipped capture is missing from this build: " + SHIPPED);
            }
            Files.copy(in, REEL, StandardCopyOption.REPLACE_EXISTING);
        }
        new FindingsText(Stdout.get(), false).print(report());
        Stdout.get().writer().println("The report with charts: open " + PAGE + " in a browser.");
        Stdout.get().check();
        return ExitCode.DONE;
    }
}
