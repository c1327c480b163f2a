package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.dump.Dump;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Published;
import dev.sockreel.fixtures.Sample;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.unseen.UnseenRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports files of {@code ss -D}: real ones, in other byte orders, joined, compressed. */
class SsDumpImportTest {
    private static final Path CAPTURE = Capture.unpack(Capture.MODS);

    @TempDir
    private Path folder;

    private ImportedCapture imported(byte[] bytes) throws IOException {
        Path file = Files.createTempFile(folder, "ss", ".D");
        Files.write(file, bytes);
        return ImportedCapture.of(file);
    }

    private static List<String> dumps(ImportedCapture capture) {
        return capture.snapshots().stream()
                .flatMap(s -> s.dumps().stream()
                        .map(d -> s.index() + " " + d.family() + " " + d.verdict().id() + " " + d.sockets()))
                .toList();
    }

    /** One file holds the IPv4 dump and the IPv6 dump; ss itself reads only the first. */
    @ParameterizedTest
    @ValueSource(strings = {"tcp.D", "full.D", "estab.D"})
    void bothFamiliesOfARealFile(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(CAPTURE.resolve("ssD").resolve(name));
        long v4 = Walker.sockets(bytes, ByteOrder.LITTLE_ENDIAN, Uapi.AF_INET);
        long v6 = Walker.sockets(bytes, ByteOrder.LITTLE_ENDIAN, Uapi.AF_INET6);
        assertTrue(v4 > 50 && v6 > 3, v4 + " " + v6);
        ImportedCapture capture = ImportedCapture.of(CAPTURE.resolve("ssD").resolve(name));
        assertEquals(List.of("0 tcp4 complete " + v4, "0 tcp6 complete " + v6), dumps(capture));
        assertEquals(v4 + v6, capture.rows(0).size());
    }

    /** The old request's replies have type 18 and hold IPv4 and IPv6; the rows are those of the new requests. */
    @Test
    void repliesToTheOldRequest() throws IOException {
        Path raw = CAPTURE.resolve("raw");
        byte[] old = Files.readAllBytes(raw.resolve("tcp_getsock.bin"));
        assertEquals(135, Walker.walk(old, ByteOrder.LITTLE_ENDIAN).stream().filter(m -> m.type() == 18).count());
        ImportedCapture capture = imported(old);
        assertEquals(List.of("0 tcp complete 135"), dumps(capture));
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(Files.readAllBytes(raw.resolve("tcp4.bin")));
        both.writeBytes(Files.readAllBytes(raw.resolve("tcp6.bin")));
        assertEquals(
                imported(both.toByteArray()).rows(0).stream().map(SsDumpImportTest::asSs).sorted().toList(),
                capture.rows(0).stream().map(SsDumpImportTest::asSs).sorted().toList());
    }

    @Test
    void oneFamilyAlone() throws IOException {
        assertEquals(List.of("tcp4"), families("tcp4.D"));
        assertEquals(List.of("tcp6"), families("tcp6.D"));
    }

    private static List<String> families(String name) throws IOException {
        return ImportedCapture.of(CAPTURE.resolve("ssD").resolve(name)).dumps().stream().map(Dump::family).toList();
    }

    /** Compares addresses and queues with ss's own replay of the same file, which shows only IPv4. */
    @Test
    void rowsAreThoseOfSssOwnReplay() throws IOException {
        List<String> replay =
                Files.readAllLines(CAPTURE.resolve("ssD/tcp.decoded.txt"), StandardCharsets.UTF_8).stream()
                        .map(l -> l.strip().split("\\s+"))
                        .filter(c -> c.length >= 5 && c[1].matches("\\d+"))
                        .map(c -> String.join(" ", Arrays.copyOf(c, 5)))
                        .sorted()
                        .toList();
        List<String> ours = ImportedCapture.of(CAPTURE.resolve("ssD/tcp.D")).rows(0).stream()
                .filter(r -> r.socket().family() == Uapi.AF_INET)
                .map(SsDumpImportTest::asSs)
                .sorted()
                .toList();
        assertTrue(replay.size() > 50);
        assertEquals(replay, ours);
    }

    /** ss prints a zero where nothing was measured. */
    private static String asSs(SocketRow row) {
        return row.socket().state() + " " + Math.max(0, row.socket().recvQ().kernelNumber()) + " "
                + Math.max(0, row.socket().sendQ().kernelNumber()) + " " + row.socket().local() + " " + row.peer();
    }

    /** Without modules ss writes two errors, 188 bytes, and exits 0. */
    @Test
    void withoutModulesTheFileHoldsTwoErrors() throws IOException {
        Path file = Capture.unpack(Capture.NOMODS).resolve("ssD/tcp.D");
        assertEquals(188, Files.size(file));
        ImportedCapture capture = ImportedCapture.of(file);
        assertEquals(2, capture.dumps().size());
        assertTrue(capture.dumps().stream().allMatch(d -> d.verdict().id().equals("unavailable")),
                dumps(capture).toString());
        assertEquals(List.of(), capture.rows(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETE_TCP4", "COMPLETE_TCP6"})
    void samples(String name) throws IOException {
        Sample sample = Sample.valueOf(name);
        String family = name.substring("COMPLETE_".length()).toLowerCase(Locale.ROOT);
        assertEquals(List.of("0 " + family + " complete " + sample.socketMessages()), dumps(imported(sample.bytes())));
    }

    @Test
    void aFileThatStopsBeforeDoneIsUnfinished() throws IOException {
        assertEquals(
                List.of("0 tcp4 unfinished " + Sample.STOPPED_BEFORE_DONE.socketMessages()),
                dumps(imported(Sample.STOPPED_BEFORE_DONE.bytes())));
    }

    /** A second tcp4 begins a second snapshot; tcp6 after tcp4 does not. */
    @Test
    void dumpsInARowAreASeries() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Sample s : List.of(Sample.COMPLETE_TCP4, Sample.COMPLETE_TCP6, Sample.COMPLETE_TCP4,
                Sample.COMPLETE_TCP6)) {
            all.writeBytes(s.bytes());
        }
        ImportedCapture capture = imported(all.toByteArray());
        assertEquals(List.of("0 tcp4 complete 57", "0 tcp6 complete 11", "1 tcp4 complete 57", "1 tcp6 complete 11"),
                dumps(capture));
        assertTrue(capture.report().messages().getFirst().contains("no times"), capture.report().messages().toString());
    }

    private static byte[] socket(int seq, int pid, String local, int cookie) {
        return InetDiagMsgBuilder.in(ByteOrder.LITTLE_ENDIAN)
                .family(local.contains(":") ? Uapi.AF_INET6 : Uapi.AF_INET).local(local, 443)
                .remote(local, 4000 + cookie)
                .cookie(cookie).header(h -> h.seq(seq).pid(pid)).toBytes();
    }

    private static byte[] done(int seq, int pid) {
        return NlmsgBuilder.done(ByteOrder.LITTLE_ENDIAN, 0).seq(seq).pid(pid).toBytes();
    }

    private ImportedCapture joined(byte[]... messages) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            all.writeBytes(message);
        }
        return imported(all.toByteArray());
    }

    private static List<String> faults(ImportedCapture capture) {
        return capture.dumps().stream().flatMap(d -> d.faults().stream()).map(f -> f.kind().id()).distinct().toList();
    }

    @Test
    void theNextDumpBeginsWhereNoDoneEndsTheOneBefore() throws IOException {
        ImportedCapture capture = ImportedCapture.of(Published.NO_DONE_BETWEEN.copy());
        assertEquals(List.of("0 tcp6 unfinished 2", "0 tcp4 unfinished 1"), dumps(capture));
        assertEquals(List.of("no-done"), faults(capture));
        assertEquals(3, capture.rows(0).size());
        UnseenRun unseen = new UnseenRun();
        unseen.add(capture.snapshot(0));
        assertFalse(unseen.totals().stream().anyMatch(t -> t.last().families().contains("tcp4")),
                unseen.totals().toString());
    }

    /** ss gives all its requests one nlmsg_seq, and the kernel may give its sockets one port id. */
    @ParameterizedTest
    @CsvSource({"1, 8, 2, 9", "1, 8, 2, 8", "123456, 8, 123456, 9", "123456, 8, 123456, 8"})
    void anotherSequenceOrPortIdOrVersionOfIpBeginsADump(int seq, int pid, int nextSeq, int nextPid)
            throws IOException {
        for (int sockets = 1; sockets <= 3; sockets++) {
            ByteArrayOutputStream next = new ByteArrayOutputStream();
            for (int i = 0; i < sockets; i++) {
                next.writeBytes(socket(nextSeq, nextPid, "2001:db8::1", 10 + i));
            }
            ImportedCapture capture = joined(socket(seq, pid, "192.0.2.1", 1), socket(seq, pid, "192.0.2.1", 2),
                    next.toByteArray(), done(nextSeq, nextPid));
            assertEquals(List.of("0 tcp4 unfinished 2", "0 tcp6 complete " + sockets), dumps(capture));
            assertEquals(List.of("no-done"), faults(capture));
        }
    }

    @Test
    void dumpsOfOneFamilyWithoutDoneAreASeries() throws IOException {
        assertEquals(List.of("0 tcp4 unfinished 1", "1 tcp4 unfinished 1", "2 tcp4 complete 1"),
                dumps(joined(socket(1, 8, "192.0.2.1", 1), socket(2, 8, "192.0.2.1", 1), socket(3, 8, "192.0.2.1", 1),
                        done(3, 8))));
    }

    /** An empty dump is its NLMSG_DONE alone. */
    @Test
    void aDoneOfAnotherRequestIsAnEmptyDump() throws IOException {
        assertEquals(List.of("0 tcp4 unfinished 1", "0 tcp6 complete 0"),
                dumps(joined(socket(1, 8, "192.0.2.1", 1), done(2, 9))));
    }

    /** One message whose header was damaged begins no dump, and no request is invented to compare it with. */
    @Test
    void aSingleStrangeMessageIsAFaultOfItsDump() throws IOException {
        ImportedCapture capture = joined(socket(1, 8, "192.0.2.1", 1), socket(7, 8, "192.0.2.1", 2),
                socket(1, 8, "192.0.2.1", 3), done(1, 8));
        assertEquals(List.of("0 tcp4 inconsistent 2"), dumps(capture));
        assertEquals("nlmsg_seq is 7; earlier messages have 1", capture.dumps().getFirst().faults().getFirst().why());
        assertEquals(List.of("0 tcp4 complete 3"), dumps(joined(socket(1, 8, "192.0.2.1", 1),
                socket(1, 8, "2001:db8::1", 2), socket(1, 8, "192.0.2.1", 3), done(1, 8))));
    }

    @Test
    void dumpsOfAnotherSequenceAreFoundAfterJunk() throws IOException {
        ImportedCapture capture = joined(socket(1, 8, "192.0.2.1", 1), done(1, 8), new byte[16],
                socket(2, 9, "2001:db8::1", 2), done(2, 9));
        assertEquals(List.of("0 tcp4 complete 1", "0 tcp6 complete 1"), dumps(capture));
    }

    @Test
    void theSameDumpSeveralTimesIsReported() throws IOException {
        ImportedCapture capture = ImportedCapture.of(Published.SAME_DUMP_THREE_TIMES.copy());
        assertEquals(List.of("0 tcp4 complete 1", "1 tcp4 complete 1", "2 tcp4 complete 1"), dumps(capture));
        assertTrue(capture.report().messages().getLast().startsWith("2 dumps repeat the one before"),
                capture.report().toString());
        ImportedCapture differs = joined(socket(1, 8, "192.0.2.1", 1), done(1, 8), socket(1, 8, "192.0.2.1", 2),
                done(1, 8));
        assertFalse(differs.report().messages().getLast().contains("repeat"), differs.report().toString());
    }

    @Test
    void anotherByteOrderThanThatOfTheMessagesIsRefused() throws IOException {
        Path source = Published.TYPE_18.copy();
        Path out = folder.resolve("out.reel");
        try (CaptureSink sink = new CaptureSink(out, false, false, ByteOrder.BIG_ENDIAN, bytes -> {})) {
            SourceException e = assertThrows(SourceException.class,
                    () -> Importers.of("ss-dump").orElseThrow().run(source, sink));
            assertTrue(String.valueOf(e.getMessage()).contains("is from a little-endian host"), e.getMessage());
        }
        assertTrue(Files.notExists(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "xz", "zstd", "bzip2", "lz4-framed"})
    void compressedFilesAreOpenedAsTheyAre(String format) throws IOException, CompressorException {
        byte[] plain = Sample.COMPLETE_TCP4.bytes();
        ImportedCapture capture = imported(compressed(format, plain));
        assertEquals(List.of("0 tcp4 complete 57"), dumps(capture));
        assertEquals(rows(imported(plain)), rows(capture));
    }

    private static byte[] compressed(String format, byte[] plain) throws IOException, CompressorException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream compressed = new CompressorStreamFactory().createCompressorOutputStream(format, out)) {
            compressed.write(plain);
        }
        return out.toByteArray();
    }

    /** The decompressor's own complaint names no file. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "xz", "zstd", "bzip2", "lz4-framed"})
    void aCompressedFileThatIsCutIsNamed(String format) throws IOException, CompressorException {
        byte[] bytes = compressed(format, Sample.COMPLETE_TCP4.bytes());
        Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length / 2));
        SourceException e = assertThrows(SourceException.class, () -> ImportedCapture.of(file));
        assertTrue(String.valueOf(e.getMessage()).startsWith(file + " is cut off or damaged (" + format + "): "),
                e.getMessage());
    }

    /** Four zeros follow each message: the places are counted instead of listed one by one. */
    @Test
    void veryManyPlacesWithoutAMessageAreCounted() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] socket = InetDiagMsgBuilder.in(ByteOrder.LITTLE_ENDIAN).header(h -> h.seq(1)).toBytes();
        for (int i = 0; i < 5_000; i++) {
            file.writeBytes(socket);
            file.writeBytes(new byte[4]);
        }
        file.writeBytes(NlmsgBuilder.done(ByteOrder.LITTLE_ENDIAN, 0).seq(1).toBytes());
        ImportedCapture capture = imported(file.toByteArray());
        List<String> messages = capture.report().damages();
        assertEquals(100, messages.stream()
                .filter(m -> m.endsWith("; skipped 4 bytes that are not part of any message")).count());
        assertTrue(messages.getLast().endsWith(
                ": 4900 more such places; in all, 20000 bytes are not part of any message"),
                messages.getLast());
        assertEquals(5_000, capture.dumps().getFirst().sockets());
    }

    /** A message of 376 bytes begins with 78 01, as zlib's streams do. */
    @Test
    void aDumpThatBeginsLikeACompressedFileIsRead() throws IOException {
        byte[] dump = new DumpBuilder()
                .add(InetDiagMsgBuilder.in(ByteOrder.LITTLE_ENDIAN).cookie(1)
                        .attributes(a -> a.bytes(Uapi.INET_DIAG_INFO, new byte[376 - 16 - 72 - 4])))
                .add(NlmsgBuilder.done(ByteOrder.LITTLE_ENDIAN, 0))
                .toBytes();
        assertEquals(0x78, dump[0]);
        assertEquals(0x01, dump[1]);
        assertEquals(List.of("0 tcp4 complete 1"), dumps(imported(dump)));
    }

    private static List<String> rows(ImportedCapture capture) {
        return capture.rows(0).stream().map(r -> r.socket().toString()).collect(Collectors.toList());
    }

    @Test
    void aBigEndianHostsDump() throws IOException {
        DumpBuilder dump = new DumpBuilder();
        for (int i = 1; i <= 3; i++) {
            dump.add(InetDiagMsgBuilder.in(ByteOrder.BIG_ENDIAN)
                    .local("10.0.0.1", 443).remote("10.0.0.2", 5000 + i).cookie(0x1_0000_0000L + i).inode(70 + i)
                    .queues(i, 2L * i).uid(33).header(h -> h.seq(123456)));
        }
        dump.add(NlmsgBuilder.done(ByteOrder.BIG_ENDIAN, 0).seq(123456));
        ImportedCapture capture = imported(dump.toBytes());
        assertEquals(List.of("0 tcp4 complete 3"), dumps(capture));
        assertEquals(ByteOrder.BIG_ENDIAN, capture.dumps().getFirst().order());
        SocketRow row = capture.rows(0).get(1);
        assertEquals("10.0.0.1:443 10.0.0.2:5002 2 4 72 33 " + 0x1_0000_0002L,
                row.socket().local() + " " + row.peer() + " " + row.socket().recvQ().kernelNumber() + " "
                        + row.socket().sendQ().kernelNumber() + " " + row.socket().inode() + " " + row.socket().uid()
                        + " " + row.socket().cookie());
    }

    @Test
    void whatIsNoDumpIsRefused() throws IOException {
        assertThrows(SourceException.class, () -> imported(new byte[0]));
        assertThrows(SourceException.class, () -> imported("State Recv-Q Send-Q\n".getBytes(StandardCharsets.UTF_8)));
        Path text = Files.writeString(folder.resolve("text"), "State Recv-Q\n");
        Path out = folder.resolve("out.reel");
        try (CaptureSink sink = new CaptureSink(out, false)) {
            SourceException e = assertThrows(SourceException.class,
                    () -> Importers.of("ss-dump").orElseThrow().run(text, sink));
            assertTrue(String.valueOf(e.getMessage()).contains(text.toString()), e.getMessage());
        }
        assertTrue(Files.notExists(out), "nothing is written for a source that is none");
    }
}
