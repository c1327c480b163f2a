package dev.sockreel.campaign.processes;

import dev.sockreel.campaign.trial.CommandResult;
import dev.sockreel.campaign.trial.Kind;
import dev.sockreel.campaign.trial.Material;
import dev.sockreel.campaign.trial.OutputCheck;
import dev.sockreel.campaign.trial.Trial;
import dev.sockreel.fixtures.ReelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Outputs on disks that are full, become full, are read-only, or may not grow beyond a limit. */
public final class DisksKind implements Kind {
    /** Where the disk is mounted over and copied from, as words of a script. */
    private static final String MOUNT = "mount -t tmpfs -o size=%dk none \"$DISK\" && cd \"$DISK\" || exit 99\n";
    private static final String COPY = "\ncode=$?\ncp -a . \"$COPY\"\nexit $code\n";

    @Override
    public String name() {
        return "disks";
    }

    @Override
    public @Nullable String unavailable() {
        return Hosts.whyNoMounts();
    }

    @Override
    public Material input(RandomGenerator random) {
        return Material.none();
    }

    @Override
    public void check(Trial trial, Material material) throws Exception {
        RandomGenerator random = trial.random();
        Path disk = Files.createDirectory(trial.folder().resolve("disk"));
        Path copy = Files.createDirectory(trial.folder().resolve("copy"));
        Job job = Job.any(random, trial.folder());
        int kb = 4 * (1 + random.nextInt(50));
        String output = job.output() == null ? null : "out" + job.output();
        String run = switch (random.nextInt(6)) {
            case 0, 1 -> MOUNT.formatted(kb) + "\"$@\"" + COPY;
            case 2 -> MOUNT.formatted(4000)
                    + "(sleep %d.%02d; cat /dev/zero >filling 2>&1) & filler=$!\n\"$@\"".formatted(
                            random.nextInt(2), random.nextInt(100))
                    + "\ncode=$?\nkill $filler\nrm -f filling\ncp -a . \"$COPY\"\nexit $code";
            case 3 -> MOUNT.formatted(4000) + "mount -o remount,ro \"$DISK\"\n\"$@\"" + COPY;
            case 4 -> "cd \"$DISK\" || exit 99\nulimit -f %d\n\"$@\"".formatted(1 + random.nextInt(100)) + COPY;
            default -> {
                output = output == null ? null : "/dev/full";
                yield "cd \"$DISK\" || exit 99\n" + (output == null ? "exec \"$@\" >/dev/full" : "exec \"$@\"");
            }
        };
        run(trial, job, output, disk, copy, run);
    }

    private static void run(Trial trial, Job job, @Nullable String output, Path disk, Path copy, String script)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(job.words());
        words.addAll(output == null ? List.of() : List.of("-o", output));
        List<String> line = Sockreel.java();
        line.addAll(words);
        CommandResult ran = Sockreel.start(trial, trial.folder(), Hosts.inNamespace(
                "DISK='" + disk + "' COPY='" + copy + "'\n" + script, line), words).end();
        String host = script.replaceAll("\\s+", " ");
        trial.checkEnd(ran);
        trial.promise(ran.exit() == job.exit() || ran.exit() == 3, "a full disk is exit 3", ran, "on " + host);
        boolean toFull = script.contains("/dev/full") || "/dev/full".equals(output);
        trial.promise(!toFull || ran.exit() == 3, "a full disk is exit 3", ran, "written to /dev/full");
        left(trial, job, ran, copy, host);
    }

    /** Checks what a command left on the disk: a whole file, the whole groups of a recording, or nothing. */
    private static void left(Trial trial, Job job, CommandResult ran, Path copy, String host) throws IOException {
        List<String> names = Recording.names(copy);
        boolean isRecording = job.words().getFirst().equals("record");
        if (ran.exit() == 3 && !isRecording) {
            trial.promise(names.isEmpty(), "nothing is left of an output that failed", ran, names + " on " + host);
            return;
        }
        for (String name : names) {
            byte[] file = Files.readAllBytes(copy.resolve(name));
            trial.promise(name.startsWith("out") && !name.endsWith(".part"), "only the output is written", ran, name);
            String wrong = name.endsWith(".reel") ? wrongReel(file, ran.exit() == 3) : OutputCheck.text(
                    new String(file, java.nio.charset.StandardCharsets.UTF_8).replace('\t', ' '));
            trial.promise(wrong == null, "what is written is whole", ran, wrong + " on " + host);
        }
    }

    private static @Nullable String wrongReel(byte[] file, boolean isFailed) {
        if (file.length == 0) {
            return "an empty file is left";
        }
        try {
            if (isFailed) {
                ReelFile whole = ReelFile.parseUnclosed(file);
                return whole.groups().isEmpty() ? "no whole group" : null;
            }
            ReelFile.parse(file);
            return null;
        } catch (RuntimeException e) {
            return e.getMessage();
        }
    }
}
