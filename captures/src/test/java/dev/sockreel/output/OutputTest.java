package dev.sockreel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests each kind of thing that an output path can lead to. */
class OutputTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    @SuppressWarnings("NullAway.Init")
    private OutputFolder folder;

    /** Places something at the name OUT, or beside it. */
    interface Placed {
        void in(OutputFolder folder) throws Exception;
    }

    @BeforeEach
    void makeFolder() throws Exception {
        folder = new OutputFolder(temporary.toRealPath());
    }

    private static void write(OutputFile file, String text) throws IOException {
        file.channel().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void write(Path out, boolean force) throws IOException {
        try (OutputFile file = Output.of(out, force).create()) {
            write(file, "new");
            file.publish();
        }
    }

    private static Arguments kind(String name, String result, Placed placed) {
        return arguments(name, result, placed);
    }

    /** Named: the file that has the new content in the end; all else stays as it is. */
    static List<Arguments> written() {
        return List.of(
                kind("nothing", "OUT", f -> {}),
                kind("an empty file", "OUT", f -> Files.createFile(f.path("OUT"))),
                kind("an empty file that others may read", "OUT", f -> Files.setPosixFilePermissions(
                        Files.createFile(f.path("OUT")), PosixFilePermissions.fromString("rw-rw-rw-"))),
                kind("somebody's empty file", "OUT", f -> f.somebodys(Files.createFile(f.path("OUT")))),
                kind("a link to an empty file", "real", f -> {
                    Files.createFile(f.path("real"));
                    f.link("OUT", "real");
                }),
                kind("two links", "real", f -> {
                    Files.createFile(f.path("real"));
                    f.link("second", "./real");
                    f.link("OUT", f.path("second").toString());
                }),
                kind("a link to a file of another folder", "sub/real", f -> {
                    Files.createDirectory(f.path("sub"));
                    Files.createFile(f.path("sub/real"));
                    f.link("OUT", "sub/../sub/real");
                }),
                kind("OUT.part of the user", "OUT", f -> Files.writeString(f.path("OUT.part"), "mine")),
                kind("OUT.part of somebody", "OUT", f -> f.somebodys(Files.writeString(f.path("OUT.part"), "theirs"))),
                kind("a link at OUT.part", "OUT", f -> {
                    Files.writeString(f.path("victim"), "precious");
                    f.somebodys(f.link("OUT.part", "victim"));
                }),
                kind("a pipe at OUT.part", "OUT", f -> f.fifo("OUT.part")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("written")
    void aNewFileTakesTheName(String kind, String result, Placed placed) throws Exception {
        placed.in(folder);
        Set<String> before = folder.state();
        write(folder.path("OUT"), false);
        assertEquals("new", Files.readString(folder.path(result)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path(result))));
        before.removeIf(s -> s.startsWith(result + " "));
        Set<String> after = folder.state();
        after.removeIf(s -> s.startsWith(result + " "));
        assertEquals(before, after);
    }

    /** Named: the reason, which people read. */
    static List<Arguments> refused() {
        return List.of(
                kind("a folder", "is a folder", f -> Files.createDirectory(f.path("OUT"))),
                kind("a link to a folder", "is a folder", f -> {
                    Files.createDirectory(f.path("sub"));
                    f.link("OUT", "sub");
                }),
                kind("a socket", "is a socket", f -> f.socket("OUT")),
                kind("a link to itself", "its links lead in a circle", f -> f.link("OUT", "OUT")),
                kind("links in a circle", "its links lead in a circle", f -> {
                    f.link("OUT", "other");
                    f.link("other", "OUT");
                }),
                kind("a dangling link", "is a link to FOLDER/nowhere, which does not exist",
                        f -> f.link("OUT", "nowhere")),
                kind("a dangling link into a missing folder", "is a link to FOLDER/no, which does not exist",
                        f -> f.link("OUT", "no/where")),
                kind("a dangling link behind a link",
                        "leads to FOLDER/second, a link to FOLDER/nowhere, which does not",
                        f -> {
                            f.link("second", "nowhere");
                            f.link("OUT", "second");
                        }),
                kind("somebody's dangling link", "is a link of the user nobody, which is not followed",
                        f -> f.somebodys(f.link("OUT", "nowhere"))),
                kind("somebody's link to an empty file", "is a link of the user nobody, which is not followed", f -> {
                    Files.createFile(f.path("victim"));
                    f.somebodys(f.link("OUT", "victim"));
                }),
                kind("somebody's link to a device", "is a link of the user nobody, which is not followed",
                        f -> f.somebodys(f.link("OUT", "/dev/null"))),
                kind("a link to somebody's link", "is a link of the user nobody, which is not followed", f -> {
                    Files.createFile(f.path("victim"));
                    f.somebodys(f.link("second", "victim"));
                    f.link("OUT", "second");
                }),
                kind("somebody's pipe", "is a pipe of the user nobody in a folder that everybody may write to",
                        f -> f.somebodys(f.fifo("OUT"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatIsNoFileIsRefusedWithAReason(String kind, String why, Placed placed) throws Exception {
        placed.in(folder);
        Set<String> before = folder.state();
        for (boolean force : new boolean[] {false, true}) {
            FileSystemException e =
                    assertThrows(FileSystemException.class, () -> Output.of(folder.path("OUT"), force));
            assertEquals(folder.path("OUT").toString(), e.getFile());
            String reason = String.valueOf(e.getReason());
            assertTrue(reason.startsWith(why.replace("FOLDER/", folder.path("") + "/")), reason);
        }
        assertEquals(before, folder.state());
    }

    @Test
    void aFileWithContentIsReplacedOnlyWhenForced() throws Exception {
        Path real = Files.writeString(folder.path("real"), "precious");
        Path second = Files.createLink(folder.path("second"), real);
        folder.link("OUT", "real");
        Set<String> before = folder.state();
        for (String name : List.of("real", "OUT")) {
            assertThrows(FileAlreadyExistsException.class, () -> Output.of(folder.path(name), false));
        }
        assertEquals(before, folder.state());
        write(folder.path("OUT"), true);
        assertEquals("new", Files.readString(real));
        assertTrue(Files.isSymbolicLink(folder.path("OUT")));
        assertEquals("precious", Files.readString(second), "the old file is replaced, not written into");
    }

    /** Until it is published, a forced output leaves the old file whole. */
    @Test
    void theOldFileStaysUntilTheNewOneIsWritten() throws Exception {
        Path out = Files.writeString(folder.path("OUT"), "precious");
        try (OutputFile file = Output.of(out, true).create()) {
            write(file, "half");
            assertEquals("precious", Files.readString(out));
        }
        assertEquals("precious", Files.readString(out));
        assertEquals(Set.of("OUT"), folder.names());
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                arguments("no/OUT", "the folder FOLDER/no does not exist"),
                arguments("no/no/OUT", "the folder FOLDER/no/no does not exist"),
                arguments("file/OUT", "FOLDER/file is not a folder"),
                arguments("dangling/OUT", "the folder FOLDER/nowhere does not exist"),
                arguments(".", "is a folder"),
                arguments("x".repeat(256), "File name too long"));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void aMissingFolderIsNamed(String name, String why) throws Exception {
        Files.createFile(folder.path("file"));
        folder.link("dangling", "nowhere");
        FileSystemException e = assertThrows(FileSystemException.class, () -> Output.of(folder.path(name), false));
        assertEquals(why.replace("FOLDER", folder.path("").toString()), e.getReason());
    }

    /** In a folder that everybody may write to, a link is followed only on the way of whom it belongs to. */
    @Test
    void somebodysLinkOnTheWayIsNotFollowed() throws Exception {
        Files.createDirectory(folder.path("sub"));
        folder.link("mine", "sub");
        folder.somebodys(folder.link("theirs", "sub"));
        write(folder.path("mine/OUT"), false);
        assertThrows(FileSystemException.class, () -> Output.of(folder.path("theirs/OUT2"), false));
        assertEquals("new", Files.readString(folder.path("sub/OUT")));
    }

    @Test
    void aPipeIsWrittenThrough() throws Exception {
        folder.fifo("pipe");
        folder.link("OUT", "pipe");
        Set<String> before = folder.state();
        Process reader = new ProcessBuilder("cat", folder.path("pipe").toString()).start();
        write(folder.path("OUT"), false);
        assertEquals("new", new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(before, folder.state());
    }

    @Test
    void aDeviceIsWrittenThrough() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full here");
        folder.link("OUT", "/dev/full");
        IOException e = assertThrows(IOException.class, () -> write(folder.path("OUT"), false));
        assertTrue(String.valueOf(e.getMessage()).contains("No space left"), e::toString);
        assertEquals(Set.of("OUT"), folder.names());
    }

    /** A descriptor of a regular file gets what is written at its end, and the file stays the same. */
    @Test
    void aDescriptorIsWrittenThrough() throws Exception {
        Path file = Files.writeString(folder.path("OUT"), "before ");
        try (var open = new FileOutputStream(file.toFile(), true)) {
            Path descriptor = descriptorOf(file);
            Set<String> before = folder.names();
            Object key = Files.getAttribute(file, "unix:ino");
            write(descriptor, false);
            assertEquals("before new", Files.readString(file));
            assertEquals(key, Files.getAttribute(file, "unix:ino"));
            assertEquals(before, folder.names());
        }
    }

    private static Path descriptorOf(Path file) throws IOException {
        Path all = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(all), "there is no /proc here");
        try (Stream<Path> descriptors = Files.list(all)) {
            return descriptors.filter(d -> leadsTo(d, file)).findFirst().orElseThrow();
        }
    }

    private static boolean leadsTo(Path descriptor, Path file) {
        try {
            return Files.readSymbolicLink(descriptor).equals(file);
        } catch (IOException e) {
            return false; // it is of the listing itself, and closed by now
        }
    }
}
