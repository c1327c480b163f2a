package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sockreel.fixtures.ProcTextBuilder;
import dev.sockreel.source.sink.BudgetStream;
import dev.sockreel.source.sink.SourceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports hostile archives: only OUT is written, memory stays bounded, and there is one sentence at most. */
class HostileTarTest {
    private static final byte[] TCP = ProcTextBuilder.inet(ByteOrder.LITTLE_ENDIAN).tcp(1, 9, 42).toBytes();
    private static final int RECORD = 512;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Set<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void namesThatLeadOutAndLinksAndDevicesAreHarmless() throws IOException {
        Path archive = folder.resolve("in/bad.tar");
        Files.createDirectory(folder.resolve("in"));
        try (SosTar tar = SosTar.create(archive, "")) {
            tar.file("../../proc/net/tcp", TCP).file("x/../proc/net/udp", TCP)
                    .special("h/proc/net/unix", TarConstants.LF_SYMLINK, "/proc/net/unix")
                    .special("h/proc/net/raw", TarConstants.LF_LINK, "/etc/passwd")
                    .special("h/proc/net/udp", TarConstants.LF_CHR, "")
                    .special("h/proc/net/udp6", TarConstants.LF_BLK, "")
                    .special("h/proc/net/raw6", TarConstants.LF_FIFO, "")
                    .file("/h/proc/net/tcp", TCP);
        }
        Set<String> before = files();
        ImportedCapture capture = ImportedCapture.of(archive);
        assertEquals(before, files());
        assertEquals(Set.of(42L), capture.rows(0).stream().map(r -> r.socket().inode()).collect(Collectors.toSet()));
        assertEquals(Set.of("/proc/net/tcp"),
                capture.snapshot(0).procFiles().stream().map(f -> f.path()).collect(Collectors.toSet()));
    }

    private static byte[] header(String name, long size, char flag) {
        byte[] h = new byte[RECORD];
        put(h, 0, name);
        put(h, 100, "0000644\0");
        put(h, 108, "0000000\0");
        put(h, 116, "0000000\0");
        put(h, 124, size < 1L << 33 ? String.format("%011o\0", size) : "");
        if (size >= 1L << 33) {
            h[124] = (byte) 0x80;
            for (int i = 0; i < 8; i++) {
                h[135 - i] = (byte) (size >>> (8 * i));
            }
        }
        put(h, 136, "00000000000\0");
        h[156] = (byte) flag;
        put(h, 257, "ustar  \0");
        Arrays.fill(h, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : h) {
            sum += b & 0xff;
        }
        put(h, 148, String.format("%06o\0 ", sum));
        return h;
    }

    private static void put(byte[] into, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, into, at, bytes.length);
    }

    private interface Filled {
        void by(OutputStream out) throws IOException;
    }

    private String refused(String name, Filled filled) throws IOException {
        Path archive = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            filled.by(out);
        }
        String message =
                String.valueOf(assertThrows(SourceException.class, () -> ImportedCapture.of(archive)).getMessage());
        assertTrue(message.startsWith(archive + " is cut off or damaged (") && message.lines().count() == 1, message);
        return message;
    }

    /** The library reads a long name of the stated length, here 1 GiB, into memory. */
    @Test
    void aHeaderWithoutEndIsRefused() throws IOException {
        for (char flag : new char[] {'L', 'K', 'x', 'g'}) {
            String message = refused("long-" + flag, out -> {
                out.write(header("././@LongLink", 1L << 30, flag));
                byte[] chunk = new byte[1 << 20];
                Arrays.fill(chunk, (byte) 'a');
                for (int i = 0; i < 2; i++) {
                    out.write(chunk);
                }
            });
            assertTrue(message.contains("header"), message);
        }
    }

    /** Nested headers are read by recursive calls. */
    @Test
    void headersBeforeHeadersEnd() throws IOException {
        for (char flag : new char[] {'x', 'g', 'L'}) {
            refused("chain-" + flag, out -> {
                byte[] data = Arrays.copyOf("12 path=abc\n".getBytes(StandardCharsets.US_ASCII), RECORD);
                for (int i = 0; i < 3000; i++) {
                    out.write(header("p", 12, flag));
                    out.write(data);
                }
            });
        }
    }

    /** An entry states 8 EiB, but the archive ends before. */
    @Test
    void statedLengthsAreNotBelieved() throws IOException {
        for (String name : new String[] {"proc/net/tcp", "var/log/huge"}) {
            for (long size : new long[] {1L << 20, 1L << 40, Long.MAX_VALUE}) {
                refused("short-" + size + name.length(), out -> {
                    out.write(header(name, size, '0'));
                    out.write(TCP);
                });
            }
        }
    }

    /** Real tables have a few megabytes; one of endless zeros is refused at the limit. */
    @Test
    void aTableWithoutEndIsRefused() throws IOException {
        Path archive = folder.resolve("endless.tgz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            long size = 257L << 20;
            out.write(header("proc/net/tcp", size, '0'));
            byte[] chunk = new byte[1 << 20];
            System.arraycopy(TCP, 0, chunk, 0, TCP.length);
            for (long at = 0; at < size; at += chunk.length) {
                out.write(chunk);
            }
            out.write(new byte[2 * RECORD]);
        }
        assertEquals("proc/net/tcp has more than 256 MiB, more than any kernel prints into /proc/net",
                assertThrows(SourceException.class, () -> ImportedCapture.of(archive)).getMessage());
    }

    /** A cut archive lacks its end or is damaged; it never has a clean end. */
    @Test
    void aCutArchiveIsNeverACleanOne() throws IOException {
        Path whole = folder.resolve("whole.tar");
        try (SosTar tar = SosTar.create(whole, "")) {
            tar.file("proc/net/tcp", TCP).file("etc/other", "x".repeat(700));
        }
        byte[] bytes = Files.readAllBytes(whole);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        int records = (end + RECORD - 1) / RECORD * RECORD;
        for (int cut = RECORD; cut <= records; cut += cut % 97 == 0 ? 1 : 13) {
            Path archive = Files.write(folder.resolve("cut.tar"), Arrays.copyOf(bytes, cut));
            int at = cut;
            String message = String.valueOf(assertThrows(
                    SourceException.class, () -> ImportedCapture.of(archive), () -> "cut at " + at).getMessage());
            assertTrue(message.contains("is cut off or damaged (tar)"), message);
        }
        assertEquals(1, ImportedCapture.of(whole).rows(0).size());
    }

    /** Flipped bits lead to rows or one sentence. */
    @Test
    void flippedBitsEndWithoutAnException() throws IOException {
        long seed = Long.getLong("sockreel.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Path whole = folder.resolve("whole.tar");
        try (SosTar tar = SosTar.create(whole, "")) {
            tar.file("a".repeat(120) + "/proc/net/tcp", TCP).file("x/" + "b".repeat(120), "x".repeat(700));
        }
        byte[] bytes = Files.readAllBytes(whole);
        for (int i = 0; i < 600; i++) {
            byte[] broken = bytes.clone();
            for (int flips = 1 + random.nextInt(6); flips > 0; flips--) {
                broken[random.nextInt(5 * RECORD)] ^= (byte) (1 << random.nextInt(8));
            }
            Path archive = Files.write(folder.resolve("flipped.tar"), broken);
            try {
                ImportedCapture.of(archive);
            } catch (SourceException e) {
                assertEquals(1, String.valueOf(e.getMessage()).lines().count(), "seed " + seed);
            } catch (IOException | RuntimeException e) {
                fail("seed " + seed + ", round " + i, e);
            }
        }
    }

    @Test
    void aBudgetEnds() throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        BudgetStream all = new BudgetStream(new ByteArrayInputStream(new byte[100]), 60, "too much in all");
        assertEquals("too much in all", assertThrows(SourceException.class, () -> all.transferTo(got)).getMessage());
        BudgetStream part = new BudgetStream(new ByteArrayInputStream(new byte[100]), 1000, "too much in all");
        part.limit(10, "too much of this");
        assertEquals(10, part.readNBytes(10).length);
        assertEquals("too much of this", assertThrows(SourceException.class, part::read).getMessage());
        part.removeLimit();
        assertEquals(89, part.readAllBytes().length);
    }
}
