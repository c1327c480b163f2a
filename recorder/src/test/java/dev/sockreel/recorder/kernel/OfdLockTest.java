package dev.sockreel.recorder.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfdLockTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void needsLinux() {
        assumeTrue(Platform.isSupported(), "needs a 64-bit Linux");
    }

    @Test
    void aFileIsLockedOnceUntilTheLockIsClosed() throws IOException {
        Path file = Files.createFile(folder.resolve("x"));
        try (OfdLock lock = OfdLock.of(file)) {
            assertTrue(lock.isHeld());
            FileChannel.open(file, StandardOpenOption.WRITE).close(); // would drop a lock of the process
            IOException held = assertThrows(OfdLock.HeldException.class, () -> OfdLock.of(file));
            assertTrue(String.valueOf(held.getMessage()).startsWith(file + ": is being recorded"), held.getMessage());
        }
        OfdLock.of(file).close();
    }

    @Test
    void aLockFollowsItsFile() throws IOException {
        Path file = Files.createFile(folder.resolve("x"));
        try (OfdLock lock = OfdLock.of(file)) {
            assertEquals(file.toRealPath(), lock.path());
            Path moved = Files.move(file, folder.resolve("y"));
            Files.createFile(file);
            assertEquals(moved.toRealPath(), lock.path());
            OfdLock.of(file).close();
            assertThrows(OfdLock.HeldException.class, () -> OfdLock.of(moved));
            Files.delete(moved);
            assertNull(lock.path());
        }
    }

    @Test
    void aNameByLinkIsLearned() throws IOException {
        Path temporary = Files.createFile(folder.resolve("x.tmp"));
        try (OfdLock lock = OfdLock.of(temporary)) {
            Path file = Files.createLink(folder.resolve("x"), temporary);
            Files.delete(temporary);
            lock.named(file);
            assertEquals(file.toRealPath(), lock.path());
            Path moved = Files.move(file, folder.resolve("y"));
            assertEquals(moved.toRealPath(), lock.path());
            assertThrows(OfdLock.HeldException.class, () -> OfdLock.of(moved));
        }
        OfdLock.of(folder.resolve("y")).close();
    }

    @Test
    void onlyARegularFileIsLocked() throws IOException {
        Path file = Files.createFile(folder.resolve("x"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        for (Path other : new Path[] {link, folder, Path.of("/dev/null")}) {
            assertThrows(FileSystemException.class, () -> OfdLock.of(other));
        }
        assertThrows(NoSuchFileException.class, () -> OfdLock.of(folder.resolve("none")));
    }
}
