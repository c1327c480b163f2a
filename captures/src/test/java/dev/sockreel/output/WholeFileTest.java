package dev.sockreel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a file appears whole or not at all. */
class WholeFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    @SuppressWarnings("NullAway.Init")
    private OutputFolder folder;

    @BeforeEach
    void makeFolder() throws Exception {
        folder = new OutputFolder(temporary.toRealPath());
    }

    @Test
    void theNameAppearsWhenItIsFinished() throws Exception {
        try (WholeFile file = WholeFile.create(folder.path("OUT"), false)) {
            try (OutputStream stream = file.stream()) {
                stream.write(new byte[100_000]);
            }
            assertEquals(1, folder.names().size());
            assertTrue(Files.notExists(folder.path("OUT")));
            file.finish();
            assertEquals(100_000, Files.size(folder.path("OUT")));
        }
        assertEquals(Set.of("OUT"), folder.names());
    }

    @Test
    void aFailureLeavesNothing() throws Exception {
        assertThrows(IllegalStateException.class, () -> {
            try (WholeFile file = WholeFile.create(folder.path("OUT"), false)) {
                file.stream().write(1);
                throw new IllegalStateException("the work failed");
            }
        });
        assertEquals(Set.of(), folder.names());
    }

    @Test
    void aFullDeviceIsNamed() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full here");
        try (WholeFile file = WholeFile.create(Path.of("/dev/full"), false)) {
            file.stream().write(1);
            IOException e = assertThrows(IOException.class, file::finish);
            assertEquals("/dev/full: No space left on device", e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    @Tag("process")
    void anInterruptLeavesNothingAndIs3(String signal) throws Exception {
        Files.writeString(folder.path("OUT.part"), "mine");
        Process process = halfWritten(false);
        assertEquals(2, folder.names().size());
        OutputFolder.run("kill", "-" + signal, Long.toString(process.pid()));
        assertTrue(process.waitFor(300, TimeUnit.SECONDS), "it does not end");
        assertEquals(3, process.exitValue());
        assertEquals(Set.of("OUT.part"), folder.names());
    }

    @Test
    @Tag("process")
    void aFinishedFileSurvivesAnInterrupt() throws Exception {
        Process process = halfWritten(true);
        process.destroy();
        assertTrue(process.waitFor(300, TimeUnit.SECONDS), "it does not end");
        assertNotEquals(3, process.exitValue());
        assertEquals(Set.of("OUT"), folder.names());
    }

    /** Starts the program and waits until it has written. */
    private Process halfWritten(boolean finished) throws IOException {
        Process process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                HalfWritten.class.getName(), folder.path("OUT").toString(), Boolean.toString(finished))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertEquals("written", said.readLine());
        return process;
    }
}
