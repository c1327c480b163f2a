package dev.sockreel.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the zstd command reads whole files: headers and index are skippable frames. */
class ZstdCommandTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void testsAndDecompressesTheWholeFile() throws Exception {
        requireInstalled();
        Path path = folder.resolve("whole.reel.zst");
        SampleFile sample = SampleFile.write(folder, 3);
        Files.write(path, sample.bytes());
        assertEquals(0, zstd("-t", "-q", path.toString()));
        assertEquals(0, zstd("-d", "-q", path.toString(), "-o", folder.resolve("records").toString()));
        long records = 0;
        for (String shown : sample.records()) {
            records += CaptureWriter.RECORD_HEADER_BYTES + (shown.length() - shown.indexOf(':') - 1) / 2;
        }
        assertEquals(records, Files.size(folder.resolve("records")));
        Files.write(path, java.util.Arrays.copyOf(sample.bytes(), sample.groups().get(2) + 100));
        assertNotEquals(0, zstd("-t", "-q", path.toString()));
    }

    static void requireInstalled() throws Exception {
        assumeTrue(zstd("--version") == 0, "no zstd command");
    }

    static int zstd(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "zstd";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException notInstalled) {
            return 127;
        }
    }
}
