package dev.sockreel.campaign.processes;

import dev.sockreel.campaign.trial.CommandResult;
import dev.sockreel.campaign.trial.Kind;
import dev.sockreel.campaign.trial.Material;
import dev.sockreel.campaign.trial.Trial;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.ReelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Recorders that are killed with SIGKILL at a random moment: while they start, record, or begin a new part. */
public final class KillsKind implements Kind {
    private static final long MAX_START_NS = TimeUnit.SECONDS.toNanos(60);

    /** A way to record. */
    private enum How {
        PLAIN,
        FORCE,
        START,
        ROTATE,
        ROTATE_SIZE,
        RETAIN;

        boolean isParts() {
            return this == ROTATE || this == ROTATE_SIZE || this == RETAIN;
        }
    }

    @Override
    public String name() {
        return "kills";
    }

    @Override
    public @Nullable String unavailable() {
        return Hosts.whyNoRecording();
    }

    @Override
    public Material input(RandomGenerator random) {
        return Material.none();
    }

    @Override
    public void check(Trial trial, Material material) throws Exception {
        RandomGenerator random = trial.random();
        // every second kill is aimed at the begin of a part
        How how = random.nextBoolean() ? How.values()[3 + random.nextInt(3)] : How.values()[random.nextInt(3)];
        Path folder = Files.createDirectory(trial.folder().resolve("recording"));
        List<String> words = words(random, how);
        if (how == How.FORCE) {
            Files.writeString(folder.resolve("r.reel"), "what was here before");
        }
        Sockreel recorder = Sockreel.start(trial, folder, words.toArray(String[]::new));
        boolean isAtPart = waitForMoment(random, how, folder, recorder);
        if (!recorder.isAlive()) {
            CommandResult ended = recorder.end();
            trial.checkEnd(ended);
            trial.promise(false, "a recorder records until it is stopped", ended, "it ended by itself");
            return;
        }
        Recording before = Recording.read(folder);
        recorder.kill();
        recorder.end();
        trial.tally().add("kills", 1);
        trial.tally().add("killsAtParts", how.isParts() && isAtPart ? 1 : 0);
        trial.tally().add("snapshotsBefore", before.finished().size());
        new Aftermath(trial, folder, words, how).check(before, Recording.read(folder));
    }

    private static List<String> words(RandomGenerator random, How how) {
        List<String> words = new ArrayList<>(List.of("record", "-o", "r.reel", "--interval",
                random.nextBoolean() ? "10ms" : "60ms"));
        switch (how) {
            case FORCE -> words.add("--force");
            case ROTATE -> words.addAll(List.of("--rotate", "1s"));
            case ROTATE_SIZE -> words.addAll(List.of("--rotate", "16K"));
            case RETAIN -> words.addAll(List.of("--rotate", "1s", "--retain", random.nextBoolean() ? "3s" : "64K"));
            default -> {}
        }
        if (random.nextBoolean()) {
            words.addAll(List.of("--owners", "never", "--threads", "never", "--families", "tcp,unix"));
        }
        return words;
    }

    /** Waits for the moment of the kill; returns whether a part began just before. */
    private static boolean waitForMoment(RandomGenerator random, How how, Path folder, Sockreel recorder)
            throws IOException {
        long jitterNs = random.nextLong(random.nextBoolean() ? 3_000_000 : 1_500_000_000);
        if (how == How.START) {
            LockSupport.parkNanos(random.nextLong(1_500_000_000));
            return false;
        }
        int names = how == How.FORCE ? 2 : 1;
        if (how == How.FORCE) {
            waitFor(recorder, () -> Files.size(folder.resolve("r.reel")) != "what was here before".length());
        } else {
            waitFor(recorder, () -> !Recording.names(folder).isEmpty());
        }
        boolean isAtPart = how.isParts() && random.nextInt(4) > 0;
        if (isAtPart) {
            List<String> first = Recording.names(folder);
            waitFor(recorder, () -> Recording.names(folder).size() > names && !Recording.names(folder).equals(first));
            jitterNs = random.nextLong(3_000_000);
        }
        LockSupport.parkNanos(jitterNs);
        return isAtPart;
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void waitFor(Sockreel recorder, Condition condition) throws IOException {
        long deadline = System.nanoTime() + MAX_START_NS;
        while (!condition.holds() && recorder.isAlive() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(200_000);
        }
    }

    /** What is found after a kill. */
    private record Aftermath(Trial trial, Path folder, List<String> words, How how) {
        void check(Recording before, Recording after) throws IOException, InterruptedException {
            String line = String.join(" ", words) + " (killed)";
            List<String> lost = before.lostIn(after);
            if (how == How.RETAIN) {
                lost.removeIf(name -> !after.files().containsKey(name)); // it deletes its oldest parts
            }
            if (!lost.isEmpty()) {
                trial.fails("what was written stays", line, "changed after it was seen: " + lost);
            }
            for (String name : after.reels()) {
                if (after.file(name).length == 0) {
                    trial.fails("no part is empty", line, name + " has 0 bytes");
                }
            }
            if (after.others().size() > 1) {
                trial.fails("at most one temporary name is left", line, after.others().toString());
            }
            if (how == How.FORCE && after.file("r.reel").length < 64) {
                return; // killed before it had a snapshot
            }
            snapshots(line, before, after);
            for (String name : after.reels()) {
                file(line, after, name);
            }
            together(after);
            next();
        }

        private void snapshots(String line, Recording before, Recording after) {
            TreeSet<Integer> finished = after.finished();
            trial.tally().add("snapshotsAfter", finished.size());
            TreeSet<Integer> lost = before.finished();
            lost.removeAll(finished);
            if (how == How.RETAIN && !finished.isEmpty()) {
                lost.removeIf(s -> s < finished.first());
            }
            trial.tally().add("snapshotsLost", lost.size());
            if (!lost.isEmpty() || !finished.isEmpty() && finished.size() != finished.last() - finished.first() + 1) {
                trial.fails("no finished snapshot is lost", line, "lost " + lost + ", there are " + finished);
            }
        }

        private void file(String line, Recording after, String name) throws IOException {
            int bytes = after.file(name).length;
            if (bytes == 0) {
                return;
            }
            String file = folder.resolve(name).toString();
            TreeSet<Integer> finished = after.finished(name);
            CommandResult verified = trial.sockreel("verify", file);
            boolean isLast = name.equals(after.reels().getLast());
            boolean isClosed = isClosed(after.file(name));
            trial.promise(verified.exit() == (isClosed ? 0 : 1) || verified.out().contains("interrupted"),
                    "verify is right about a killed recording", verified, isClosed ? "closed" : "not closed");
            if (!isLast && !isClosed) {
                trial.fails("a part is closed before the next begins", line, name + " is not closed");
            }
            CommandResult info = trial.sockreel("info", "--format", "json", file);
            trial.promise(info.exit() != 3 || finished.isEmpty(), "a killed recording is readable", info, name);
            if (info.exit() != 3) {
                Object listed = JsonTree.asObjects(JsonTree.parse(info.out())).getFirst().get("snapshots");
                trial.promise(listed instanceof Number n && n.intValue() >= finished.size(),
                        "every finished snapshot is listed", info,
                        listed + " listed, " + finished.size() + " finished");
            }
            if (isLast && !finished.isEmpty()) {
                recover(file, finished);
            }
        }

        private static boolean isClosed(byte[] file) {
            try {
                ReelFile.parse(file);
                return true;
            } catch (RuntimeException e) {
                return false;
            }
        }

        private void recover(String file, TreeSet<Integer> finished) throws IOException {
            Path copy = trial.output(".reel");
            CommandResult ran = trial.sockreel(copy, "recover", file, "-o", copy.toString());
            trial.promise(ran.exit() == 0 || ran.exit() == 4, "a killed recording can be recovered", ran, "it was not");
            if (Files.exists(copy)) {
                Recording whole = Recording.read(folder).with("copy.reel", Files.readAllBytes(copy));
                trial.promise(isClosed(Files.readAllBytes(copy)) && whole.finished("copy.reel").containsAll(finished),
                        "a recovered file has every finished snapshot", ran, finished + " finished");
            }
        }

        private void together(Recording after) throws IOException {
            List<String> all = new ArrayList<>(List.of("info"));
            after.reels().forEach(name -> all.add(folder.resolve(name).toString()));
            if (all.size() > 2 && !after.finished().isEmpty()) {
                CommandResult ran = trial.sockreel(all.toArray(String[]::new));
                trial.promise(ran.exit() == 0 || ran.exit() == 4, "one bad part does not block a series", ran,
                        "refused");
            }
        }

        /** The same command line must work again, except that a plain one does not overwrite what is there. */
        private void next() throws IOException, InterruptedException {
            List<String> again = new ArrayList<>(words);
            again.addAll(List.of("--count", "1"));
            Recording before = Recording.read(folder);
            CommandResult ran = Sockreel.start(trial, folder, again.toArray(String[]::new)).end();
            trial.checkEnd(ran);
            boolean isTaken = (how == How.PLAIN || how == How.START) && !before.reels().isEmpty()
                    && before.file("r.reel").length > 0;
            trial.promise(ran.exit() == (isTaken ? 3 : 0), "the next recorder starts", ran,
                    isTaken ? "name taken" : "free");
            if (how != How.FORCE && how != How.RETAIN && !before.lostIn(Recording.read(folder)).isEmpty()) {
                trial.promise(false, "the next recorder changes no file", ran, "changed: "
                        + before.lostIn(Recording.read(folder)));
            }
        }
    }
}
