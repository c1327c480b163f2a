package dev.sockreel.campaign.processes;

import dev.sockreel.campaign.trial.CommandResult;
import dev.sockreel.campaign.trial.Kind;
import dev.sockreel.campaign.trial.Material;
import dev.sockreel.campaign.trial.Trial;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.ReelFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Recordings during which the realtime clock is stepped: parts, their ages and their names must not depend on it. */
public final class ClocksKind implements Kind {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long[] STEPS_S =
            {-1, 1, -2, 2, -60, 3600, -3600, 86_400, -86_400, 400_000_000, -1_700_000_000};
    private static final int SNAPSHOT_BEGIN = 4;
    private static final int MONOTONIC_AT = 12;
    private static final int RETAIN_S = 6;
    /** What the recorder may be late, beside the time of its slowest snapshot. */
    private static final long SLACK_NS = SECOND_NS / 2;

    @Override
    public String name() {
        return "clocks";
    }

    @Override
    public @Nullable String unavailable() {
        return NativePrograms.isAvailable() ? Hosts.whyNoRecording() : "there is no cc for the shim";
    }

    @Override
    public Material input(RandomGenerator random) {
        return Material.none();
    }

    @Override
    public void check(Trial trial, Material material) throws Exception {
        RandomGenerator random = trial.random();
        Path folder = Files.createDirectory(trial.folder().resolve("recording"));
        boolean isRotated = random.nextInt(4) > 0;
        boolean isRetained = isRotated && random.nextBoolean();
        List<String> words =
                new ArrayList<>(List.of("record", "-o", "r.reel", "--interval", "50ms", "--owners", "never"));
        words.addAll(isRotated ? List.of("--rotate", "1s") : List.of());
        words.addAll(isRetained ? List.of("--retain", RETAIN_S + "s") : List.of());
        words.addAll(random.nextInt(3) == 0 ? List.of("--force") : List.of());
        Path shift = trial.folder().resolve("shift");
        List<String> line =
                new ArrayList<>(List.of("env", "CLOCKSHIFT=" + shift, "LD_PRELOAD=" + NativePrograms.clockshift()));
        line.addAll(Sockreel.java());
        line.addAll(words);
        Sockreel recorder = Sockreel.start(trial, folder, line, words);
        List<String> young = stepClock(random, folder, shift, recorder);
        recorder.terminate();
        CommandResult ran = recorder.end();
        trial.checkEnd(ran);
        trial.promise(ran.exit() == 0 || ran.exit() == 143, "a step of the clock does not end a recording", ran,
                "ended");
        Recording after = Recording.read(folder);
        List<String> gone = new ArrayList<>(young);
        gone.removeAll(after.reels());
        trial.promise(gone.isEmpty(), "a young part is not deleted", ran, "deleted " + gone);
        parts(trial, ran, after, isRetained);
    }

    /** Steps the clock some times, and returns the parts that began in the last seconds. */
    private static List<String> stepClock(RandomGenerator random, Path folder, Path shift, Sockreel recorder)
            throws IOException {
        Map<String, Long> seen = new HashMap<>();
        long begun = System.nanoTime();
        while (Recording.names(folder).isEmpty() && recorder.isAlive() && System.nanoTime() - begun < 60 * SECOND_NS) {
            LockSupport.parkNanos(SECOND_NS / 100);
        }
        long shiftNs = 0;
        for (int i = 0; i < 2 + random.nextInt(3) && recorder.isAlive(); i++) {
            shiftNs += STEPS_S[random.nextInt(STEPS_S.length)] * SECOND_NS;
            Path next = Files.writeString(shift.resolveSibling("next"), String.valueOf(shiftNs));
            Files.move(next, shift, StandardCopyOption.ATOMIC_MOVE);
            long end = System.nanoTime() + random.nextLong(2 * SECOND_NS);
            while (System.nanoTime() < end) {
                Recording.names(folder).forEach(name -> seen.putIfAbsent(name, System.nanoTime()));
                LockSupport.parkNanos(SECOND_NS / 50);
            }
        }
        long youngest = System.nanoTime() - TimeUnit.SECONDS.toNanos(RETAIN_S - 2);
        return seen.entrySet().stream().filter(e -> e.getKey().endsWith(".reel") && e.getValue() > youngest)
                .map(Map.Entry::getKey).toList();
    }

    private static void parts(Trial trial, CommandResult ran, Recording after, boolean isRetained) {
        TreeSet<Integer> finished = after.finished();
        boolean isContiguous = !finished.isEmpty() && finished.size() == finished.last() - finished.first() + 1
                && (isRetained || finished.first() == 0);
        trial.promise(isContiguous, "no finished snapshot is lost", ran, "there are " + finished);
        for (String name : after.reels()) {
            try {
                ReelFile.parse(after.file(name));
            } catch (RuntimeException e) {
                trial.promise(false, "every part is closed", ran, name + ": " + e.getMessage());
            }
            if (ran.words().contains("--rotate")) {
                span(trial, ran, name, after.file(name));
            }
        }
    }

    /** Checks by the recorded monotonic times that a part did not go on for longer than asked. */
    private static void span(Trial trial, CommandResult ran, String name, byte[] file) {
        List<Long> begins = new ArrayList<>();
        for (ReelFile.Entry e : ReelFile.parseUnclosed(file).entries()) {
            if (e.type() == SNAPSHOT_BEGIN) {
                begins.add(ByteBuffer.wrap(e.body()).order(ByteOrder.LITTLE_ENDIAN).getLong(MONOTONIC_AT));
            }
        }
        long slowest = 0;
        for (int i = 1; i < begins.size(); i++) {
            slowest = Math.max(slowest, begins.get(i) - begins.get(i - 1));
        }
        long span = begins.isEmpty() ? 0 : begins.getLast() - begins.getFirst();
        trial.promise(span <= SECOND_NS + slowest + SLACK_NS, "parts begin by the monotonic clock", ran,
                name + " goes on for " + span / 1_000_000 + " ms");
    }
}
