package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.recorder.host.NamespaceTarget;
import dev.sockreel.recorder.kernel.Platform;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recording into trouble: one sentence, exit 3, what was finished before can be read, and no more than that is
 * claimed.
 */
@Live
class TroubleTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void needsLinux() {
        assumeTrue(Platform.isSupported(), "needs a 64-bit Linux kernel");
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        for (int i = 0; i < 4800 && !condition.holds(); i++) {
            TimeUnit.MILLISECONDS.sleep(25);
        }
        assertTrue(condition.holds(), "it never came to that");
    }

    private static boolean hasBytes(Path file, long bytes) throws IOException {
        return Files.exists(file) && Files.size(file) >= bytes;
    }

    private Process start(Path file, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "record", "-o", file.toString(), "--interval", "20ms", "--owners", "never"));
        words.addAll(List.of(more));
        return Child.start(words.toArray(String[]::new));
    }

    /** One sentence beside what was said while all was well, and no summary. */
    private static Child failed(Child ended) {
        assertEquals(3, ended.exit(), ended.err());
        assertEquals("", ended.out());
        assertEquals(1, ended.err().lines().filter(l -> l.startsWith("sockreel: ")).count(), ended.err());
        assertFalse(ended.err().contains("\tat ") || ended.err().contains("Exception"), ended.err());
        assertFalse(ended.err().contains(" on disk"), "a summary of what is not there: " + ended.err());
        return ended;
    }

    private static Child run(List<String> before, String... words) throws Exception {
        List<String> command = new ArrayList<>(before);
        command.addAll(Child.command(words));
        return Child.finish(new ProcessBuilder(command).start());
    }

    /** Nothing but the limit changes: the file that could be written cannot be written any more. */
    @Test
    void aFileThatMayNotGrowAnyMore() throws Exception {
        assumeTrue(NativePrograms.onPath("prlimit"), "needs prlimit");
        Path file = folder.resolve("x.reel");
        Process process = start(file);
        await(() -> hasBytes(file, 20_000));
        long limit = Files.size(file) + 30_000;
        Process prlimit = new ProcessBuilder("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + limit)
                .inheritIO().start();
        assertEquals(0, prlimit.waitFor());
        Child ended = failed(Child.finish(process));
        Recorded got = Recorded.read(file);
        int finished = got.all(SnapshotEnd.class).size();
        assertTrue(finished > 0);
        assertEquals(CaptureReader.Ending.NOT_CLOSED, got.ending());
        assertTrue(ended.err().contains(file + ": File too large; " + finished(finished, file)),
                finished + ": " + ended.err());
    }

    private static String finished(int snapshots, Path file) {
        return Counted.of(snapshots, "finished snapshot is", "finished snapshots are") + " in " + file;
    }

    @Test
    void aFileThatIsDeletedHoldsNothing() throws Exception {
        Path file = folder.resolve("x.reel");
        Process process = start(file);
        await(() -> hasBytes(file, 10_000));
        Files.delete(file);
        Child ended = failed(Child.finish(process));
        assertTrue(ended.err().contains("deleted or replaced"), ended.err());
        assertTrue(ended.err().contains("no file of the recording is left"), ended.err());
        assertFalse(Files.exists(file));
    }

    /** The next part cannot be begun; those before it are whole, and the open one is followed until it is. */
    @Test
    void aFolderThatIsMovedAwayBetweenTwoParts() throws Exception {
        Path away = folder.resolve("away");
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Process process = start(parts.resolve("x.reel"), "--rotate", "1s");
        await(() -> parts(parts).size() >= 2);
        Files.move(parts, away);
        Child ended = failed(Child.finish(process));
        assertTrue(ended.err().contains(parts.toString()), ended.err());
        Path last = parts(away).getLast();
        int inLast = Recorded.read(last).all(SnapshotEnd.class).size();
        // The folder may also be moved while no part is open that could be followed.
        assertTrue(ended.err().contains("; " + finished(inLast, last.toRealPath()))
                || ended.err().contains("; no file of the recording is left where it was written"), ended.err());
        for (Path part : parts(away)) {
            assertTrue(Recorded.read(part).whole());
        }
    }

    private static List<Path> parts(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** A sandbox that knows no netlink, and one that lets nothing be sent. */
    @ParameterizedTest
    @ValueSource(strings = {"netlink", "send"})
    void aKernelThatAnswersEperm(String call) throws Exception {
        assumeTrue(NativePrograms.isAvailable(), "needs cc");
        List<String> refuse = List.of(NativePrograms.refuse().toString(), call);
        assumeTrue(new ProcessBuilder(refuse.getFirst(), call, "true").start().waitFor() == 0, "needs seccomp");
        Path file = folder.resolve("x.reel");
        Child ended = failed(run(refuse, "record", "-o", file.toString(), "--count", "3", "--interval", "10ms"));
        assertTrue(ended.err().contains("refused every dump") && ended.err().contains("EPERM"), ended.err());
        assertTrue(ended.err().contains("has no sockets"), ended.err());
        Recorded got = Recorded.read(file);
        assertTrue(got.whole());
        assertEquals(1, got.all(SnapshotEnd.class).size());
        assertEquals(List.of(), got.all(Datagram.class));
        assertTrue(got.all(DumpEnd.class).stream()
                .allMatch(e -> e.outcome() == DumpEnd.Outcome.CALL_FAILED && e.errno() == Errno.EPERM
                        && e.operation().equals(call.equals("send") ? "send" : "socket")));
        Child probe = run(refuse, "probe");
        assertFalse(probe.err().contains("\tat "), probe.err());
    }

    @Test
    void aNamespaceThatMayNotBeEntered() throws Exception {
        assumeTrue(NetNamespace.isAvailable() && NativePrograms.onPath("setpriv"), "needs root, ip netns and setpriv");
        try (NetNamespace netns = NetNamespace.create()) {
            Path file = folder.resolve("x.reel");
            Child ended = failed(run(List.of("setpriv", "--bounding-set", "-sys_admin", "--inh-caps", "-sys_admin"),
                    "record", "-o", file.toString(), "--count", "1", "--netns", netns.name()));
            assertTrue(ended.err().contains(netns.name() + " needs CAP_SYS_ADMIN (setns: EPERM)"), ended.err());
            assertFalse(Files.exists(file), "nothing was recorded");
        }
    }

    @Test
    void aNamespaceThatIsNotThere() throws Exception {
        Path file = folder.resolve("x.reel");
        Child none = failed(Child.run("record", "-o", file.toString(), "--count", "1", "--netns", "no-such-namespace"));
        assertTrue(none.err().contains("there is no network namespace no-such-namespace"), none.err());
        // what a namespace leaves behind whose mount is gone
        Path stale = Files.createFile(folder.resolve("stale"));
        Child ended = failed(Child.run("record", "-o", file.toString(), "--count", "1", "--netns", stale.toString()));
        assertTrue(ended.err().contains(stale + " as a network namespace"), ended.err());
        assertFalse(Files.exists(file), "nothing was recorded");
    }

    /** The recorder alone would keep it alive, with its devices: it lets it go and says so. */
    @Test
    void aNamespaceThatVanishes() throws Exception {
        assumeTrue(NetNamespace.isAvailable(), "needs root and ip netns");
        Path file = folder.resolve("x.reel");
        NetNamespace netns = NetNamespace.create();
        Process process;
        try (netns) {
            process = start(file, "--netns", netns.name());
            await(() -> hasBytes(file, 5_000));
        }
        Child ended = failed(Child.finish(process));
        Recorded got = Recorded.read(file);
        assertTrue(got.whole());
        int finished = got.all(SnapshotEnd.class).size();
        assertTrue(finished > 0);
        assertTrue(
                ended.err().contains("network namespace " + netns.name() + " was deleted before snapshot " + finished),
                ended.err());
        assertTrue(ended.err().contains(finished(finished, file)), ended.err());
        assertEquals(1, got.all(RecorderNote.class).stream()
                .filter(n -> n.kind() == RecorderNote.Kind.NAMESPACE_GONE && n.value() == 0).count());
        assertTrue(got.all(DumpEnd.class).stream().allMatch(e -> e.outcome() != DumpEnd.Outcome.CALL_FAILED));
    }

    @Test
    void oneOfTwoNamespacesVanishes() throws Exception {
        assumeTrue(NetNamespace.isAvailable(), "needs root and ip netns");
        Path file = folder.resolve("x.reel");
        try (NetNamespace stays = NetNamespace.create()) {
            NetNamespace goes = NetNamespace.create();
            Process process;
            try (goes) {
                process = start(file, "--netns", goes.name(), "--netns", stays.name());
                await(() -> hasBytes(file, 8_000));
            }
            long then = Files.size(file);
            await(() -> hasBytes(file, then + 8_000));
            Child.signal("INT", process);
            Child ended = Child.finish(process);
            assertEquals(3, ended.exit(), ended.err());
            assertTrue(ended.err().contains("sockreel: network namespace " + goes.name() + " was deleted before"),
                    ended.err());
            Recorded got = Recorded.read(file);
            assertTrue(got.whole());
            int snapshots = got.all(SnapshotEnd.class).size();
            assertEquals(snapshots, in(got, 1));
            assertTrue(in(got, 0) > 0 && in(got, 0) < snapshots);
        }
    }

    private static long in(Recorded got, int netns) {
        return got.all(NetworkNamespace.class).stream().filter(n -> n.netns() == netns).count();
    }

    /** Its name is gone, but a process is still in it: it is recorded on. */
    @Test
    void aNamespaceWithoutANameLivesOn() throws Exception {
        assumeTrue(NetNamespace.isAvailable(), "needs root and ip netns");
        Path file = folder.resolve("x.reel");
        NetNamespace netns = NetNamespace.create();
        Process inside = netns.command(List.of("sleep", "600")).start();
        try {
            long inode = NamespaceTarget.inode(netns.path());
            await(() -> NamespaceTarget.inode(Path.of("/proc/" + inside.pid() + "/ns/net")) == inode);
            Process process;
            try (netns) {
                process = start(file, "--netns", netns.name());
                await(() -> hasBytes(file, 5_000));
            }
            long then = Files.size(file);
            await(() -> hasBytes(file, then + 5_000));
            Child.signal("INT", process);
            Child ended = Child.finish(process);
            assertEquals(0, ended.exit(), ended.err());
            Recorded got = Recorded.read(file);
            assertEquals(List.of(), got.all(RecorderNote.class).stream()
                    .filter(n -> n.kind() == RecorderNote.Kind.NAMESPACE_GONE).toList());
            assertNotEquals(0, got.all(SnapshotEnd.class).size());
        } finally {
            inside.destroy();
            inside.waitFor();
        }
    }
}
