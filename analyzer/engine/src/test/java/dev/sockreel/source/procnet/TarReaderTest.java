package dev.sockreel.source.procnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.source.sink.SourceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads archives as another library writes them, and many entries at the cost of one header each. */
class TarReaderTest {
    private static final String LONG = "d/".repeat(90) + "name";
    /** No prefix and name of ustar can hold it. */
    private static final String LONGER = "x".repeat(300);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private interface Filled {
        void by(TarArchiveOutputStream tar) throws IOException;
    }

    private static byte[] archive(int longFiles, Filled filled) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(longFiles);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            filled.by(tar);
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, String content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static List<String> read(byte[] archive) throws IOException {
        List<String> found = new ArrayList<>();
        TarReader tar = new TarReader(new ByteArrayInputStream(archive));
        TarReader.Entry e;
        while ((e = tar.next()) != null) {
            String content = new String(tar.content().readAllBytes(), StandardCharsets.UTF_8);
            found.add((e.isPlainFile() ? "" : "no file: ") + e.name() + "=" + content);
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
    void longNamesOfBothKindsAreRead(int longFiles) throws IOException {
        assertEquals(List.of("a=1", LONG + "=22", LONGER + "=" + "3".repeat(1000), "b=", "no file: folder/="),
                read(archive(longFiles, tar -> {
                    file(tar, "a", "1");
                    file(tar, LONG, "22");
                    file(tar, LONGER, "3".repeat(1000));
                    file(tar, "b", "");
                    tar.putArchiveEntry(new TarArchiveEntry("folder/"));
                    tar.closeArchiveEntry();
                })));
    }

    /** Skips the content that nobody read. */
    @Test
    void contentsArePassedOver() throws IOException {
        byte[] archive = archive(TarArchiveOutputStream.LONGFILE_GNU, tar -> {
            for (int length : new int[] {0, 1, 511, 512, 513, 5000}) {
                file(tar, "f" + length, "x".repeat(length));
            }
        });
        TarReader tar = new TarReader(new ByteArrayInputStream(archive));
        List<String> names = new ArrayList<>();
        TarReader.Entry e;
        while ((e = tar.next()) != null) {
            names.add(e.name());
            assertEquals(e.name().equals("f0") ? -1 : 'x', tar.content().read());
        }
        assertEquals(List.of("f0", "f1", "f511", "f512", "f513", "f5000"), names);
    }

    /** The size of an extended header counts, not the one of the header; a sparse file is no plain file. */
    @Test
    void extendedHeadersAreRead() throws IOException {
        assertEquals(List.of("äöü=1234", "no file: sparse=", "c=5"), read(archive(0, tar -> {
            tar.setAddPaxHeadersForNonAsciiNames(true);
            TarArchiveEntry renamed = new TarArchiveEntry("äöü");
            renamed.addPaxHeader("SCHILY.xattr.user.a", "=\n=");
            renamed.setSize(4);
            tar.putArchiveEntry(renamed);
            tar.write("1234".getBytes(StandardCharsets.UTF_8));
            tar.closeArchiveEntry();
            TarArchiveEntry sparse = new TarArchiveEntry("sparse");
            sparse.addPaxHeader("comment", "a");
            tar.putArchiveEntry(sparse);
            tar.closeArchiveEntry();
            file(tar, "c", "5");
        }, "comment=a", "GNU.sparse.major=1")));
    }

    /** Replaces one text by another and pads the record, so that its length stays right. */
    private static byte[] archive(int longFiles, Filled filled, String from, String to) throws IOException {
        String text = new String(archive(longFiles, filled), StandardCharsets.ISO_8859_1);
        String old = (from.length() + 4) + " " + from + "\n";
        String now = (to.length() + 4) + " " + to + "\n";
        int at = text.indexOf(old);
        assertTrue(at > 0, "no record " + old);
        int header = at - TarReader.BLOCK_BYTES;
        byte[] bytes = (text.substring(0, at) + now + text.substring(at + now.length()))
                .getBytes(StandardCharsets.ISO_8859_1);
        byte[] size = "%011o".formatted(now.length()).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(size, 0, bytes, header + 124, size.length);
        Arrays.fill(bytes, header + 148, header + 156, (byte) ' ');
        int sum = 0;
        for (int i = 0; i < TarReader.BLOCK_BYTES; i++) {
            sum += bytes[header + i] & 0xff;
        }
        byte[] checksum = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(checksum, 0, bytes, header + 148, checksum.length);
        return bytes;
    }

    @Test
    void aWrongChecksumIsNamed() throws IOException {
        byte[] archive = archive(0, tar -> file(tar, "a", ""));
        archive[1] ^= 1;
        assertEquals("the checksum of a header is wrong",
                assertThrows(IOException.class, () -> read(archive)).getMessage());
    }

    private Path entries(int count) throws IOException {
        return Files.write(folder.resolve(count + ".tar"), archive(0, tar -> {
            for (int i = 0; i < count; i++) {
                file(tar, "f", "");
            }
        }));
    }

    @Test
    void moreEntriesThanTheLimitAreRefused() throws IOException {
        Path three = entries(3);
        List<String> seen = new ArrayList<>();
        new TarTree(three, 3).walk((path, content) -> seen.add(path));
        assertEquals(List.of("f", "f", "f"), seen);
        assertEquals(three + " has more than 2 entries: unpack it and import the folder with the tables of /proc/net",
                assertThrows(SourceException.class, () -> new TarTree(three, 2).walk((path, content) -> {}))
                        .getMessage());
    }

    /** Twice the entries take twice the garbage, which is little. */
    @Test
    void anEntryTakesLittleMemory() throws IOException {
        long few = allocated(entries(10_000));
        long many = allocated(entries(20_000));
        assertTrue(many < 20_000L * 2 * TarReader.BLOCK_BYTES, many + " bytes");
        assertTrue(many < 2.5 * few, few + " and " + many + " bytes");
    }

    private static long allocated(Path archive) throws IOException {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        ProcNetSearch search = new ProcNetSearch();
        long before = threads.getCurrentThreadAllocatedBytes();
        new TarTree(archive).walk(search);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Names that no file can have are passed over. */
    @Test
    void aNameLongerThanAPathIsPassedOver() throws IOException {
        String longest = "x/".repeat(FileTree.MAX_PATH_BYTES / 2 - 1) + "yz";
        Path archive = Files.write(folder.resolve("long.tar"), archive(TarArchiveOutputStream.LONGFILE_GNU, tar -> {
            file(tar, longest, "");
            file(tar, longest + "z", "");
        }));
        List<String> seen = new ArrayList<>();
        new TarTree(archive).walk((path, content) -> seen.add(path));
        assertEquals(List.of(longest), seen);
    }
}
