package dev.sockreel.campaign;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.campaign.Campaign.Progress;
import dev.sockreel.campaign.trial.Finding;
import dev.sockreel.campaign.trial.Findings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} and the talk with it. */
final class WorkerProcess {
    /** The heap of the worker: small, so that a length that is believed shows. */
    private static final String HEAP = "-Xmx256m";
    private static final long MAX_TRIAL_SECONDS = 400;
    private static final String ENDED = "ended";

    private final CampaignOptions options;
    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    WorkerProcess(CampaignOptions options, Path scratch) throws IOException {
        this.options = options;
        Path folder = Files.createDirectories(scratch.resolve("cwd"));
        Path temporary = Files.createDirectories(scratch.resolve("tmp"));
        Path home = Files.createDirectories(scratch.resolve("home"));
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP, "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-Djava.io.tmpdir=" + temporary, "-Duser.home=" + home,
                "-Dcampaign.folder=" + CampaignOptions.FOLDER,
                "-Dcampaign.jar=" + System.getProperty("campaign.jar", ""),
                "-Dcampaign.targets=" + String.join(",", options.targets()),
                "-Dcampaign.jazzerSeconds=" + options.seconds(Kinds.of("jazzer")),
                "-cp", absoluteClassPath(), Worker.class.getName(), String.valueOf(options.seed()),
                options.out().toString(), Files.createDirectories(scratch.resolve("files")).toString()));
        process = new ProcessBuilder(words).directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(options.out().resolve("worker.log").toFile())).start();
        Thread.ofPlatform().daemon().name("answers").start(this::read);
    }

    private static String absoluteClassPath() {
        List<String> places = new ArrayList<>();
        for (String place : System.getProperty("java.class.path").split(":", -1)) {
            places.add(Path.of(place).toAbsolutePath().toString());
        }
        return String.join(":", places);
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            answers.add("log\t" + e); // the same as an end
        }
        answers.add(ENDED);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Runs trials of a kind, and returns whether the worker is fit for more. */
    boolean slice(Kinds kind, Progress progress, int trials, long seconds) throws IOException {
        String request = kind.name() + "\t" + progress.next + "\t" + trials + "\t" + seconds + "\n";
        process.getOutputStream().write(request.getBytes(UTF_8));
        process.getOutputStream().flush();
        while (true) {
            String[] answer = next().split("\t", 2);
            switch (answer[0]) {
                case "begin" -> progress.next = Long.parseLong(answer[1]);
                case "end" -> {
                    progress.next++;
                    progress.tally.addLine(answer[1]);
                }
                case "done" -> {
                    return true;
                }
                case "unavailable" -> {
                    progress.unavailable = answer[1];
                    return true;
                }
                case "broken" -> {
                    lost(kind, progress, answer[1]);
                    return false;
                }
                case ENDED -> {
                    lost(kind, progress, "the JVM ended");
                    return false;
                }
                case "" -> {
                    lost(kind, progress, "no end after " + MAX_TRIAL_SECONDS + " s");
                    return false;
                }
                default -> {}
            }
        }
    }

    /** Returns the next line, empty when none comes for too long. */
    private String next() {
        try {
            String line = answers.poll(MAX_TRIAL_SECONDS, TimeUnit.SECONDS);
            return line == null ? "" : line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ENDED;
        }
    }

    private void lost(Kinds kind, Progress progress, String how) throws IOException {
        Finding finding = new Finding("a trial ends", kind.name(), how);
        new Findings(options.out().resolve("findings")).keep(finding, "analyzer/fuzz/campaign --seed " + options.seed()
                + " --trial " + progress.next + " " + kind.name());
        progress.tally.add("inputs", 1);
        progress.tally.add("findings", 1);
        progress.next++;
    }

    /** Ends the worker and all that it started. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
