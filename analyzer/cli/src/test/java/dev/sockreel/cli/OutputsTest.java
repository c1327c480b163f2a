package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NetNamespace;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command that writes a file, in a folder like /tmp, where somebody else has placed things before. */
class OutputsTest {
    private static final List<String> RECORD =
            List.of("record", "--count", "1", "--owners", "never", "--threads", "never");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path out = Path.of("");

    @BeforeEach
    void openFolder() throws IOException, InterruptedException {
        out = folder.resolve("OUT");
        assertEquals(0, new ProcessBuilder("chmod", "1777", folder.toString()).start().waitFor());
    }

    /** The words of each command, before {@code -o OUT}. */
    static List<List<String>> commands() {
        String tcp = Capture.unpack(Capture.MODS).resolve("ssD/tcp.D").toString();
        String whole = Captures.WHOLE.toString();
        return List.of(
                List.of("export", whole, "--to", "csv"),
                List.of("export", whole, "--to", "pcapng"),
                List.of("report", whole),
                List.of("recover", whole),
                List.of("import", tcp));
    }

    private CommandRun run(List<String> command, Path to) {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of("-o", to.toString()));
        return CommandRun.of(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatOthersPlacedIsNotWrittenThrough(List<String> command) throws Exception {
        check(command);
    }

    @Test
    @Live
    void norByARecording() throws Exception {
        check(RECORD);
    }

    private void check(List<String> command) throws Exception {
        Path victim = Files.createFile(folder.resolve("victim"));
        place(folder.resolve("OUT.part"), victim);
        place(folder.resolve("OUT.tmp"), folder.resolve("created"));
        place(folder.resolve(".OUT.tmp"), victim);
        place(out, victim);
        refusedAndUnchanged(command, "OUT: is a link of the user nobody, which is not followed");
        Files.delete(out);
        place(out, folder.resolve("created"));
        refusedAndUnchanged(command, "OUT: is a link of the user nobody, which is not followed");
        Files.delete(out);
        Files.createSymbolicLink(out, folder.resolve("created"));
        refusedAndUnchanged(command,
                "OUT: is a link to " + folder.toRealPath().resolve("created") + ", which does not");
        Files.delete(out);
        assertEquals(0, new ProcessBuilder("mkfifo", out.toString()).start().waitFor());
        giveAway(out);
        refusedAndUnchanged(command, "OUT: is a pipe of the user nobody in a folder that everybody may write to");
        Files.delete(out);
        Map<String, String> before = state();
        run(command, out).exits(0);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(out)));
        Files.delete(out);
        assertEquals(before, state());
    }

    private void refusedAndUnchanged(List<String> command, String why) throws IOException {
        Map<String, String> before = state();
        CommandRun run = run(command, out).exits(3).saysOnly(1);
        assertTrue(run.err().contains(why), run::toString);
        assertEquals(before, state());
    }

    /** An empty file of somebody else keeps its owner, mode and emptiness: a new file takes its name. */
    @ParameterizedTest
    @MethodSource("commands")
    void anEmptyFileIsReplacedAndNotWrittenInto(List<String> command) throws Exception {
        replacesEmpty(command);
    }

    @Test
    @Live
    void aRecordingReplacesAnEmptyFileToo() throws Exception {
        replacesEmpty(RECORD);
    }

    private void replacesEmpty(List<String> command) throws Exception {
        giveAway(Files.createFile(out));
        Path other = Files.createLink(folder.resolve("other"), out);
        run(command, out).exits(0);
        assertEquals(0, Files.size(other));
        assertEquals("nobody", Files.getOwner(other).getName());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(out)));
        assertEquals(Files.getOwner(folder), Files.getOwner(out));
        assertTrue(Files.size(out) > 0);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aLinkOfTheUserStandsForItsFile(List<String> command) throws Exception {
        Path real = Files.createFile(Files.createDirectory(folder.resolve("sub")).resolve("real"));
        Files.createSymbolicLink(out, Path.of("sub/real"));
        run(command, out).exits(0);
        assertTrue(Files.isSymbolicLink(out));
        assertTrue(Files.size(real) > 0);
        run(command, folder.resolve("no/OUT")).exits(3).saysOnly(1);
        run(command, folder).exits(3).saysOnly(1);
        assertEquals(List.of("OUT", "sub"), List.copyOf(state().keySet()));
    }

    /** A pipe gets the same bytes as a file would. */
    @ParameterizedTest
    @MethodSource("commands")
    void aPipeIsWrittenThrough(List<String> command) throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", out.toString()).start().waitFor());
        Path copy = folder.resolve("copy");
        Process reader = new ProcessBuilder("cat", out.toString()).redirectOutput(copy.toFile()).start();
        run(command, out).exits(0);
        assertEquals(0, reader.waitFor());
        Path file = folder.resolve("file");
        run(command, file).exits(0);
        if (command.getFirst().equals("import")) { // its header has a UUID and a time
            assertTrue(Math.abs(Files.size(file) - Files.size(copy)) <= 64);
            CommandRun.of(copy, "verify").exits(0);
        } else {
            assertEquals(-1, Files.mismatch(file, copy));
        }
    }

    /** An import, a recovery and an export that are interrupted leave neither the file nor a part of it. */
    @ParameterizedTest
    @MethodSource("readers")
    @Tag("process")
    void anInterruptLeavesNoCapture(String command) throws Exception {
        Path source = folder.resolve("many.D");
        byte[] dump = Files.readAllBytes(Capture.unpack(Capture.MODS).resolve("ssD/full.D"));
        try (OutputStream many = Files.newOutputStream(source)) {
            for (int i = 0; i < 400; i++) {
                many.write(dump);
            }
        }
        Path in = command.equals("import") ? source : folder.resolve("many.reel");
        if (!command.equals("import")) {
            CommandRun.of(source, "import", "-o", in.toString()).exits(0);
        }
        Map<String, String> before = state();
        Process process = new ProcessBuilder(CommandRun.javaAnd(
                (command + " " + in + " -o " + out).replace("export", "export --all --to ndjson").split(" ")))
                .redirectErrorStream(true).redirectOutput(Captures.FOLDER.resolve("said-" + command).toFile()).start();
        for (int i = 0; i < 3000 && process.isAlive() && state().size() == before.size(); i++) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        process.destroy(); // SIGTERM
        assertTrue(process.waitFor(300, TimeUnit.SECONDS), "it does not end");
        assumeTrue(Files.notExists(out), "it was done before it was interrupted");
        assertEquals(3, process.exitValue());
        assertEquals(before, state());
    }

    static List<String> readers() {
        return List.of("import", "recover", "export");
    }

    /** The disk, a mount of 4 KiB that vanishes with its process, is full before the output is whole. */
    @ParameterizedTest
    @MethodSource("commands")
    @Tag("process")
    void aFullDiskIs3AndLeavesNothing(List<String> command) {
        assumeTrue(NetNamespace.isAvailable(), "needs root to mount");
        List<String> words = new ArrayList<>(command);
        if (command.getFirst().equals("import")) {
            words.set(1, Capture.unpack(Capture.MODS).resolve("ssD/full.D").toString());
        }
        words.addAll(List.of("-o", out.toString()));
        String run = String.join(" ", CommandRun.javaAnd(words.toArray(String[]::new)));
        CommandRun all = CommandRun.started(folder, List.of("unshare", "-m", "sh", "-c",
                "mount -t tmpfs -o size=4k none " + folder + " && { " + run + "; code=$?; ls -A " + folder
                        + "; exit $code; }"));
        assertEquals("", all.exits(3).out(), "what is left in the folder");
        assertTrue(all.err().contains(out + ": No space left on device"), all::toString);
    }

    /** Nothing is left of what turns out to be bad. */
    @Test
    void aFailureLeavesNothing() throws Exception {
        byte[] reel = Files.readAllBytes(Captures.WHOLE);
        Path noRecord = Files.write(folder.resolve("no.reel"), Arrays.copyOf(reel, 70));
        Map<String, String> before = state();
        run(List.of("recover", noRecord.toString()), out).exits(3);
        run(List.of("import", Captures.TEXT.toString()), out).exits(3);
        run(List.of("export", Captures.WHOLE.toString(), "--to", "csv", "--snapshot", "99"), out).exits(3);
        assertEquals(before, state());
    }

    /** Places a link of somebody else. */
    private static void place(Path link, Path to) throws IOException {
        giveAway(Files.createSymbolicLink(link, to));
    }

    private static void giveAway(Path path) throws IOException {
        try {
            Files.getFileAttributeView(path, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS).setOwner(
                    path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        } catch (FileSystemException e) {
            assumeTrue(false, "needs root to give a file away: " + e.getMessage());
        }
    }

    /** Returns inode, owner, size and mode of all that is in the folder, by name. */
    private Map<String, String> state() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> names = Files.list(folder)) {
            for (Path path : names.toList()) {
                all.put(path.getFileName().toString(),
                        Files.readAttributes(path, "unix:ino,uid,size,mode", LinkOption.NOFOLLOW_LINKS).toString());
            }
        }
        return all;
    }
}
