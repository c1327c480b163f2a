package dev.sockreel.opening;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.input.InputBytes;
import dev.sockreel.input.Inputs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SpooledInputsTest {
    private static final byte[] TEXT = "what was recorded\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private static byte[] gz(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private static byte[] all(InputBytes bytes) throws IOException {
        try (InputStream in = bytes.stream()) {
            return in.readAllBytes();
        }
    }

    /** Returns the open files of this process that have no name any more. */
    private static List<Path> nameless() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(SpooledInputsTest::isNameless).toList();
        }
    }

    private static boolean isNameless(Path descriptor) {
        try {
            String file = Files.readSymbolicLink(descriptor).toString();
            return file.contains("/sockreel-") && file.endsWith(" (deleted)");
        } catch (IOException e) {
            return false; // that of the listing itself
        }
    }

    @Test
    void aPipeIsReadOnceAndAnsweredAlways() throws IOException {
        try (SpooledInputs inputs = new SpooledInputs(new ByteArrayInputStream(TEXT))) {
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(TEXT, all(inputs.open(Inputs.STDIN)));
                assertArrayEquals(TEXT, all(inputs.unpacked(Inputs.STDIN, head -> true)));
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theCopyHasNoNameAndIsPrivate() throws IOException {
        try (SpooledInputs inputs = new SpooledInputs(new ByteArrayInputStream(TEXT))) {
            assertEquals(TEXT.length, inputs.open(Inputs.STDIN).size());
            List<Path> copies = nameless();
            assertEquals(1, copies.size());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copies.getFirst())));
        }
        assertEquals(List.of(), nameless());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aPlainFileIsNotCopied() throws IOException {
        Path file = Files.write(folder.resolve("plain"), TEXT);
        try (SpooledInputs inputs = new SpooledInputs(InputStream.nullInputStream())) {
            assertArrayEquals(TEXT, all(inputs.open(file)));
            assertArrayEquals(TEXT, all(inputs.unpacked(file, head -> true)));
            assertEquals(List.of(), nameless());
        }
    }

    @Test
    void whatIsNotRecognizedStaysAsItIs() throws IOException {
        byte[] packed = gz(TEXT);
        Path file = Files.write(folder.resolve("packed"), packed);
        try (SpooledInputs inputs = new SpooledInputs(new ByteArrayInputStream(packed))) {
            for (Path path : List.of(file, Inputs.STDIN)) {
                InputBytes bytes = inputs.unpacked(path, head -> false);
                assertArrayEquals(packed, all(bytes));
                assertEquals("gz", bytes.packing());
            }
        }
    }

    @Test
    void whatIsRecognizedIsUnpackedAndKnowsItsSize() throws IOException {
        byte[] packed = gz(TEXT);
        try (SpooledInputs inputs = new SpooledInputs(new ByteArrayInputStream(packed))) {
            InputBytes bytes = inputs.unpacked(Inputs.STDIN, head -> head.length == TEXT.length);
            assertArrayEquals(TEXT, all(bytes));
            assertEquals(packed.length, bytes.givenBytes());
            assertEquals(TEXT.length, bytes.size());
        }
    }

    /** A failing disk or network is no damage of the compression. */
    @Test
    void anErrorOfReadingIsNoDamage() throws IOException {
        byte[] packed = gz(TEXT);
        InputStream failing = new InputStream() {
            private final InputStream some = new ByteArrayInputStream(packed, 0, packed.length / 2);

            @Override
            public int read() throws IOException {
                throw new IOException("unused");
            }

            @Override
            public int read(byte[] b, int off, int len) throws IOException {
                int got = some.read(b, off, len);
                if (got < 0) {
                    throw new IOException("Input/output error");
                }
                return got;
            }
        };
        try (SpooledInputs inputs = new SpooledInputs(failing)) {
            IOException e = assertThrows(IOException.class, () -> inputs.unpacked(Inputs.STDIN, head -> true));
            assertEquals("-: Input/output error", e.getMessage());
        }
    }

    @Test
    void whatIsNoPipeIsRefusedAsEver() throws IOException {
        try (SpooledInputs inputs = new SpooledInputs(InputStream.nullInputStream())) {
            assertThrows(NoSuchFileException.class, () -> inputs.open(folder.resolve("missing")));
            assertFalse(inputs.isFile(folder));
            assertTrue(inputs.isFile(Inputs.STDIN));
            assertThrows(FileSystemException.class, () -> inputs.open(folder.resolve("missing/x")));
        }
    }
}
