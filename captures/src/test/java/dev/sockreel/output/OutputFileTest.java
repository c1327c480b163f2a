package dev.sockreel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what happens between the creation of a file and the moment it gets its name. */
class OutputFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    @SuppressWarnings("NullAway.Init")
    private OutputFolder folder;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = new OutputFolder(temporary.toRealPath());
    }

    private OutputFile begun(boolean force) throws IOException {
        OutputFile file = Output.of(folder.path("OUT"), force).create();
        file.channel().write(ByteBuffer.wrap("new".getBytes(StandardCharsets.UTF_8)));
        return file;
    }

    private Path onlyFile() throws IOException {
        assertEquals(1, folder.names().size());
        return folder.path(folder.names().iterator().next());
    }

    @Test
    void theTemporaryFileIsHiddenAndPrivate() throws Exception {
        try (OutputFile file = begun(false)) {
            Path one = onlyFile();
            assertTrue(one.getFileName().toString().matches("\\.OUT\\.[0-9a-f]{16}\\.tmp"), one::toString);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
            assertEquals(3, Files.size(one));
        }
        assertEquals(Set.of(), folder.names());
    }

    @Test
    void twoOutputsOfOneNameDoNotMeet() throws Exception {
        try (OutputFile first = begun(false);
                OutputFile second = begun(false)) {
            assertEquals(2, folder.names().size());
            first.publish();
            assertThrows(FileAlreadyExistsException.class, second::publish);
        }
        assertEquals("new", Files.readString(folder.path("OUT")));
        assertEquals(Set.of("OUT"), folder.names());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 101, 255})
    void anyNameLeavesRoomForTheRandomPart(int length) throws Exception {
        for (String letter : List.of("x", "é", "漢", "😀")) {
            String name = letter.repeat(Math.max(1, length / letter.getBytes(StandardCharsets.UTF_8).length));
            try (OutputFile file = Output.of(folder.path(name), false).create()) {
                assertTrue(onlyFile().getFileName().toString().getBytes(StandardCharsets.UTF_8).length <= 122);
                file.publish();
                assertEquals(Set.of(name), folder.names());
            }
            Files.delete(folder.path(name));
        }
    }

    /** What stands at the temporary name is neither opened nor followed. */
    @Test
    void anotherNameIsTakenWhenOneIsTaken() throws Exception {
        Files.writeString(folder.path(".OUT.a.tmp"), "precious");
        folder.link(".OUT.b.tmp", "nowhere");
        folder.fifo(".OUT.c.tmp");
        Set<String> before = folder.state();
        Iterator<String> random = List.of("a", "b", "c", "d").iterator();
        TemporaryFile file = TemporaryFile.beside(folder.path("OUT"), random::next);
        file.channel().close();
        assertEquals(folder.path(".OUT.d.tmp"), file.path());
        file.delete();
        assertEquals(before, folder.state());
        assertThrows(FileAlreadyExistsException.class, () -> TemporaryFile.beside(folder.path("OUT"), () -> "a"));
        assertEquals(before, folder.state());
    }

    /** Whatever takes the name during the work stays, whoever made it. */
    @ParameterizedTest
    @ValueSource(strings = {"file", "empty", "link", "dangling", "pipe", "folder", "socket"})
    void whatAppearedMeanwhileStays(String what) throws Exception {
        Files.writeString(folder.path("victim"), "precious");
        try (OutputFile file = begun(false)) {
            place(what);
            Set<String> there = folder.state();
            assertThrows(FileSystemException.class, file::publish);
            assertEquals(there, folder.state());
        }
        assertEquals(Set.of("OUT", "victim"), folder.names());
        assertEquals("precious", Files.readString(folder.path("victim")));
    }

    /** With force, a file is replaced; anything else stays. */
    @ParameterizedTest
    @ValueSource(strings = {"link", "dangling", "pipe", "folder", "socket"})
    void forceReplacesFilesOnly(String what) throws Exception {
        Files.writeString(folder.path("victim"), "precious");
        try (OutputFile file = begun(true)) {
            place(what);
            Set<String> there = folder.state();
            assertThrows(FileSystemException.class, file::publish);
            assertEquals(there, folder.state());
        }
        try (OutputFile file = Output.of(folder.path("other"), true).create()) {
            Files.writeString(folder.path("other"), "appeared");
            file.publish();
        }
        assertEquals("", Files.readString(folder.path("other")));
        assertEquals("precious", Files.readString(folder.path("victim")));
    }

    private void place(String what) throws Exception {
        switch (what) {
            case "file" -> Files.writeString(folder.path("OUT"), "somebody's");
            case "empty" -> Files.createFile(folder.path("OUT"));
            case "link" -> folder.link("OUT", "victim");
            case "dangling" -> folder.link("OUT", "nowhere");
            case "pipe" -> folder.fifo("OUT");
            case "folder" -> Files.createDirectory(folder.path("OUT"));
            default -> folder.socket("OUT");
        }
    }

    @Test
    void anEmptyFileThatGotContentMeanwhileStays() throws Exception {
        Files.createFile(folder.path("OUT"));
        try (OutputFile file = begun(false)) {
            Files.writeString(folder.path("OUT"), "appeared");
            assertThrows(FileAlreadyExistsException.class, file::publish);
        }
        assertEquals("appeared", Files.readString(folder.path("OUT")));
    }

    /** Somebody who may rename it can put another file at the temporary name: that one is neither published nor deleted. */
    @Test
    void anExchangedTemporaryFileIsNotPublished() throws Exception {
        try (OutputFile file = begun(false)) {
            Path one = onlyFile();
            Files.move(one, folder.path("taken"));
            Files.writeString(one, "theirs");
            Set<String> there = folder.state();
            assertThrows(IOException.class, file::publish);
            file.close();
            assertEquals(there, folder.state());
        }
    }

    @Test
    void aFileIsWrittenOnAfterItHasItsName() throws Exception {
        try (OutputFile file = begun(false)) {
            file.publish();
            file.channel().write(ByteBuffer.wrap("er".getBytes(StandardCharsets.UTF_8)));
            file.publish();
            assertEquals("newer", Files.readString(folder.path("OUT")));
        }
        assertEquals(Set.of("OUT"), folder.names());
    }
}
