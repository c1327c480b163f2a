package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders with copies of /proc/net that are none. */
class ProcNetImportTest {
    @TempDir
    private Path folder;

    /** Sparse, so it costs nothing to make; more than this JVM's heap. */
    @Test
    void aTableThatNoKernelPrintsIsRefusedBeforeItIsRead() throws IOException {
        Path source = Files.createDirectory(folder.resolve("net"));
        Path table = Files.writeString(source.resolve("tcp"), "  sl  local_address rem_address\n");
        try (RandomAccessFile file = new RandomAccessFile(table.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        Path out = folder.resolve("out.reel");
        try (CaptureSink sink = new CaptureSink(out, false)) {
            SourceException e = assertThrows(SourceException.class,
                    () -> Importers.of("proc-net").orElseThrow().run(source, sink));
            assertTrue(String.valueOf(e.getMessage()).startsWith(table + " has "), e.getMessage());
        }
        assertFalse(Files.exists(out), "nothing was written");
    }
}
