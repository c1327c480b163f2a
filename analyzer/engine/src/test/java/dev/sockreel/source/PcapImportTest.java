package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.PcapBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.source.sink.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests imports of nlmon's packets: the dump of each packet, the snapshot of each dump, unknown values. */
class PcapImportTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
    /** A talk with ss, which uses one nlmsg_seq for all requests. */
    private static final NetlinkTalk SS = new NetlinkTalk(LITTLE, 123_456);
    private static final long NOON_NS = 1_795_344_000_000_000_000L;
    private static final long ONE = 100;
    private static final long TWO = 200;

    @TempDir
    private Path folder;

    private ImportedCapture imported(byte[] bytes) throws IOException {
        Path file = Files.createTempFile(folder, "nlmon", ".pcap");
        return ImportedCapture.of(Files.write(file, bytes));
    }

    /** Builds a pcap with a packet for each message, a millisecond apart. */
    private static byte[] pcap(byte[]... messages) {
        PcapBuilder pcap = new PcapBuilder(LITTLE);
        for (int i = 0; i < messages.length; i++) {
            pcap.sockDiag(NOON_NS + i * 1_000_000L, messages[i]);
        }
        return pcap.toBytes();
    }

    private static byte[] together(byte[]... messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(messages).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static List<String> dumps(ImportedCapture capture) {
        return capture.snapshots().stream()
                .flatMap(s -> s.dumps().stream()
                        .map(d -> s.index() + " " + d.family() + " " + d.verdict().id() + " " + d.sockets()))
                .toList();
    }

    private static List<String> faults(ImportedCapture capture, int dump) {
        return capture.dumps().get(dump).faults().stream().map(f -> f.kind().id()).toList();
    }

    /** The numbers were counted by hand (of 15 netlink messages three repeat a socket that has groups). */
    @ParameterizedTest
    @ValueSource(strings = {
        "tcp: 0 tcp4 complete 128, 0 tcp6 complete 7",
        "unix: 0 unix complete 118",
        "rest: 0 raw4 complete 3, 0 raw6 complete 1, 0 udp4 complete 5, 0 udp6 complete 4",
        "other: 0 netlink complete 12, 0 packet complete 5",
        "filter: 0 tcp4 complete 6, 0 tcp6 complete 0"
    })
    void dumpsOfARealSs(String expected) throws IOException {
        String name = expected.substring(0, expected.indexOf(':'));
        ImportedCapture capture = ImportedCapture.of(Capture.unpack(Capture.MODS).resolve("nlmon/" + name + ".pcap"));
        assertEquals(List.of(expected.substring(name.length() + 2).split(", ")), dumps(capture));
        assertEquals(List.of(), capture.report().damages());
    }

    /** ss printed the text from the very bytes of the pcap; states, queues and addresses are compared. */
    @ParameterizedTest
    @ValueSource(strings = {Capture.MODS, Capture.PARTIAL})
    void rowsAreThoseOfTheTextBeside(String name) throws IOException {
        Path nlmon = Capture.unpack(name).resolve("nlmon");
        List<String> text = Files.readAllLines(nlmon.resolve("tcp.txt"), StandardCharsets.UTF_8).stream()
                .filter(l -> !l.isBlank() && !Character.isWhitespace(l.charAt(0)))
                .map(l -> l.strip().split("\\s+"))
                .map(c -> String.join(" ", Arrays.copyOf(c, 5)))
                .sorted()
                .toList();
        List<String> ours = ImportedCapture.of(nlmon.resolve("tcp.pcap")).rows(0).stream()
                .map(PcapImportTest::asSs)
                .sorted()
                .toList();
        assertEquals(135, text.size());
        assertEquals(text, ours);
    }

    /** ss prints a zero where nothing was measured. */
    private static String asSs(SocketRow row) {
        return row.socket().state() + " " + Math.max(0, row.socket().recvQ().kernelNumber()) + " "
                + Math.max(0, row.socket().sendQ().kernelNumber()) + " " + row.socket().local() + " " + row.peer();
    }

    /** Route messages of the same ss name the devices. */
    @Test
    void devicesHaveTheNamesFromRouteMessages() throws IOException {
        ImportedCapture capture = ImportedCapture.of(Capture.unpack(Capture.MODS).resolve("nlmon/other.pcap"));
        assertEquals("lo", capture.snapshot(0).interfaceName(0, 1));
        assertEquals("nlmon0", capture.snapshot(0).interfaceName(0, 2));
    }

    @Test
    void withoutModulesNothingIsCalledEmpty() throws IOException {
        ImportedCapture capture = ImportedCapture.of(Capture.unpack(Capture.NOMODS).resolve("nlmon/tcp.pcap"));
        assertEquals(List.of("0 tcp4 unavailable 0", "0 tcp unavailable 0"), dumps(capture));
    }

    static Stream<Arguments> orders() {
        return Stream.of(LITTLE, BIG).flatMap(file -> Stream.of(LITTLE, BIG)
                .flatMap(host -> Stream.of(true, false).map(ns -> Arguments.of(file, host, ns))));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void byteOrdersOfFileAndHost(ByteOrder file, ByteOrder host, boolean nanoseconds) throws IOException {
        NetlinkTalk talk = new NetlinkTalk(host, 7);
        ImportedCapture capture = imported(new PcapBuilder(file, nanoseconds, PcapBuilder.NETLINK)
                .packet(NOON_NS, PcapBuilder.cooked(PcapBuilder.NETLINK_ROUTE, PcapBuilder.newLink(host, 3, "eth7")))
                .sockDiag(NOON_NS + 1_001_001, talk.ask(Uapi.AF_INET, NetlinkTalk.TCP))
                .sockDiag(NOON_NS + 2_002_002, together(talk.sockets(ONE, Uapi.AF_INET, 11, 12), talk.done(ONE)))
                .toBytes());
        assertEquals(List.of("0 tcp4 complete 2"), dumps(capture));
        assertEquals(host, capture.dumps().getFirst().order());
        assertEquals(List.of(11L, 12L), capture.rows(0).stream().map(r -> r.socket().cookie()).toList());
        assertEquals("eth7", capture.snapshot(0).interfaceName(0, 3));
        assertEquals(NOON_NS + (nanoseconds ? 2_002_002 : 2_002_000), capture.rows(0).getFirst().time().realtimeNs());
        assertEquals(NOON_NS + (nanoseconds ? 1_001_001 : 1_001_000), capture.snapshot(0).begin().realtimeNs());
    }

    @Test
    void eachPollIsASnapshot() throws IOException {
        byte[] tcp = SS.ask(Uapi.AF_INET, NetlinkTalk.TCP);
        byte[] udp = SS.ask(Uapi.AF_INET, NetlinkTalk.UDP);
        ImportedCapture capture = imported(pcap(
                tcp, SS.sockets(ONE, Uapi.AF_INET, 1), SS.done(ONE), udp, SS.done(ONE),
                tcp, SS.sockets(TWO, Uapi.AF_INET, 1, 2), SS.done(TWO), udp, SS.done(TWO),
                tcp, SS.done(ONE)));
        assertEquals(List.of("0 tcp4 complete 1", "0 udp4 complete 0", "1 tcp4 complete 2", "1 udp4 complete 0",
                "2 tcp4 complete 0"), dumps(capture));
    }

    /** Two concurrent ss with one nlmsg_seq and no nlmsg_pid in requests are distinguished by port id and family. */
    @Test
    void dumpsThatInterleave() throws IOException {
        ImportedCapture capture = imported(pcap(
                SS.ask(Uapi.AF_INET, NetlinkTalk.TCP), SS.askUnix(),
                SS.unixSockets(TWO, 21), SS.sockets(ONE, Uapi.AF_INET, 1), SS.unixSockets(TWO, 22),
                SS.sockets(ONE, Uapi.AF_INET, 2, 3), SS.done(TWO), SS.done(ONE)));
        assertEquals(List.of("0 unix complete 2", "0 tcp4 complete 3"), dumps(capture));
    }

    /** The second snapshot's dump begins while the first's still runs. */
    @Test
    void snapshotsThatOverlap() throws IOException {
        byte[] tcp = SS.ask(Uapi.AF_INET, NetlinkTalk.TCP);
        ImportedCapture capture = imported(pcap(
                tcp, SS.sockets(ONE, Uapi.AF_INET, 1), tcp, SS.sockets(TWO, Uapi.AF_INET, 1, 2),
                SS.sockets(ONE, Uapi.AF_INET, 2), SS.sockets(TWO, Uapi.AF_INET, 3), SS.done(TWO), SS.done(ONE)));
        assertEquals(List.of("0 tcp4 complete 2", "1 tcp4 complete 3"), dumps(capture));
    }

    @Test
    void whichRequestIsAnsweredMayBeUnsure() throws IOException {
        ImportedCapture capture = imported(pcap(
                SS.ask(Uapi.AF_INET, NetlinkTalk.TCP), SS.ask(Uapi.AF_INET, NetlinkTalk.UDP),
                SS.sockets(TWO, Uapi.AF_INET, 21), SS.done(TWO), SS.sockets(ONE, Uapi.AF_INET, 1), SS.done(ONE)));
        assertEquals(List.of("0 tcp4 inconsistent 1", "0 udp4 complete 1"), dumps(capture));
        assertEquals(List.of("request-unsure"), faults(capture, 0));
    }

    @Test
    void anAnswerWithoutItsRequestIsNotWhole() throws IOException {
        ImportedCapture capture = imported(pcap(
                SS.sockets(ONE, Uapi.AF_INET, 1), SS.done(ONE), SS.unixSockets(TWO, 5, 6), SS.done(TWO)));
        assertEquals(List.of("0 inet truncated 0", "0 unix truncated 2"), dumps(capture));
        assertEquals(List.of("no-request"), faults(capture, 0));
        assertEquals(List.of("no-request"), faults(capture, 1));
    }

    @Test
    void aRequestWithoutAnAnswerIsUnfinished() throws IOException {
        ImportedCapture capture = imported(pcap(SS.ask(Uapi.AF_INET, NetlinkTalk.TCP), SS.askUnix()));
        assertEquals(List.of("0 tcp4 unfinished 0", "0 unix unfinished 0"), dumps(capture));
        assertEquals(List.of("no-done"), faults(capture, 0));
    }

    /** A reader is gone (ss | head), and a later ss has the same port id and nlmsg_seq. */
    @Test
    void aDumpThatNobodyReadToItsEnd() throws IOException {
        ImportedCapture capture = imported(pcap(
                SS.ask(Uapi.AF_INET, NetlinkTalk.TCP), SS.sockets(ONE, Uapi.AF_INET, 1),
                SS.askUnix(), SS.unixSockets(ONE, 5), SS.done(ONE)));
        assertEquals(List.of("0 tcp4 unfinished 1", "0 unix complete 1"), dumps(capture));
    }

    @Test
    void aLookUpIsNoDump() throws IOException {
        byte[] lookUp = DiagRequest.inetOne(LITTLE, Uapi.AF_INET, NetlinkTalk.TCP, 0, "127.0.0.1",
                1, "127.0.0.1", 80).seq(9).toBytes();
        NetlinkTalk one = new NetlinkTalk(LITTLE, 9);
        ImportedCapture capture = imported(pcap(
                lookUp, one.sockets(ONE, Uapi.AF_INET, 1), lookUp, one.error(ONE, -2, lookUp),
                SS.askUnix(), SS.done(TWO)));
        assertEquals(List.of("0 unix complete 0"), dumps(capture));
        assertTrue(capture.report().messages().toString().contains("2 answers to look-ups of single sockets"));
    }

    /** A failed request belongs to the current snapshot, however often it fails. */
    @Test
    void aFailedRequestOpensNoSnapshot() throws IOException {
        byte[] tcp = SS.ask(Uapi.AF_INET, NetlinkTalk.TCP);
        ImportedCapture capture = imported(pcap(
                SS.askUnix(), SS.done(ONE), tcp, SS.error(ONE, -2, tcp), tcp, SS.error(ONE, -16, tcp)));
        assertEquals(List.of("0 unix complete 0", "0 tcp4 unavailable 0", "0 tcp4 failed 0"), dumps(capture));
    }

    /** Bytes cut off by tcpdump -s are counted, even if they are most of a message. */
    @Test
    void whatTheSnaplenCutsIsTruncated() throws IOException {
        byte[] sockets = SS.sockets(ONE, Uapi.AF_INET, 1, 2, 3);
        ImportedCapture capture = imported(new PcapBuilder(LITTLE)
                .sockDiag(NOON_NS, SS.ask(Uapi.AF_INET, NetlinkTalk.TCP))
                .snaplen(16 + sockets.length / 3 + 20)
                .sockDiag(NOON_NS + 1, sockets)
                .sockDiag(NOON_NS + 2, SS.done(ONE)).toBytes());
        assertEquals(List.of("0 tcp4 truncated 1"), dumps(capture));
        assertEquals(sockets.length, capture.dumps().getFirst().datagrams().getFirst().trueLength());
        assertEquals(List.of("datagram-truncated"), faults(capture, 0));
    }

    /** Dumps by root hold TCP_MD5SIG keys (struct tcp_diag_md5sig, 100 bytes, key at 20) in clear text. */
    @Test
    void keysDoNotSurviveUnlessTheyAreAskedFor() throws IOException {
        byte[] key = "a very secret key of TCP-MD5".getBytes(StandardCharsets.US_ASCII);
        byte[] md5sig = new byte[100];
        md5sig[0] = 2;
        System.arraycopy(key, 0, md5sig, 20, key.length);
        byte[] socket = InetDiagMsgBuilder.in(LITTLE).cookie(1).header(h -> h.seq(123_456).pid(ONE))
                .attributes(a -> a.bytes(Uapi.INET_DIAG_MD5SIG, md5sig)).toBytes();
        Path file = Files.write(folder.resolve("keys.pcap"),
                pcap(SS.ask(Uapi.AF_INET, NetlinkTalk.TCP), socket, SS.done(ONE)));
        ImportedCapture masked = ImportedCapture.of(file);
        ImportedCapture kept = ImportedCapture.of(file, true);
        assertFalse(text(masked).contains("secret"), "the key is in the capture");
        assertTrue(text(kept).contains("a very secret key"), "the key is not where it was looked for");
        assertEquals(Datagram.MASKED, masked.dumps().getFirst().datagrams().getFirst().marks());
        assertEquals(List.of("0 tcp4 complete 1"), dumps(masked));
    }

    private static String text(ImportedCapture capture) {
        StringBuilder text = new StringBuilder();
        for (Datagram d : capture.dumps().getFirst().datagrams()) {
            text.append(d.data().toString(StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "xz", "zstd", "bzip2", "lz4-framed"})
    void compressedFilesAreOpenedAsTheyAre(String format) throws IOException, CompressorException {
        byte[] plain = Files.readAllBytes(Capture.unpack(Capture.MODS).resolve("nlmon/unix.pcap"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packed = new CompressorStreamFactory().createCompressorOutputStream(format, out)) {
            packed.write(plain);
        }
        assertEquals(List.of("0 unix complete 118"), dumps(imported(out.toByteArray())));
        byte[] cut = Arrays.copyOf(out.toByteArray(), out.size() / 2);
        String message = String.valueOf(assertThrows(IOException.class, () -> imported(cut)).getMessage());
        assertTrue(message.contains("cut off or damaged"), message);
    }

    @Test
    void otherProtocolsArePassedOver() throws IOException {
        ImportedCapture capture = imported(new PcapBuilder(LITTLE)
                .packet(NOON_NS, PcapBuilder.cooked(12, new byte[100]))
                .packet(NOON_NS, PcapBuilder.cooked(PcapBuilder.NETLINK_ROUTE, new byte[50]))
                .sockDiag(NOON_NS, SS.askUnix()).sockDiag(NOON_NS, SS.done(ONE)).toBytes());
        assertEquals(List.of("0 unix complete 0"), dumps(capture));
        assertTrue(
                capture.report().messages().toString().contains("1 packet of netlink protocol 12 was skipped"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 24})
    void aFileWithoutPacketsIsRefused(int bytes) {
        byte[] header = Arrays.copyOf(new PcapBuilder(LITTLE).toBytes(), bytes);
        assertThrows(SourceException.class, () -> imported(header));
    }

    @Test
    void anotherLinkTypeIsRefusedInWords() {
        byte[] ethernet = new PcapBuilder(LITTLE, false, 1).packet(NOON_NS, new byte[60]).toBytes();
        String message = String.valueOf(assertThrows(SourceException.class, () -> imported(ethernet)).getMessage());
        assertTrue(message.contains("link type 1, not of netlink (253)"), message);
    }

    /** Only a few megabytes are held for dumps that never end while others go on. */
    @Test
    void whatIsHeldIsBounded() throws IOException {
        byte[] tcp = SS.ask(Uapi.AF_INET, NetlinkTalk.TCP);
        long[] cookies = new long[300];
        Arrays.setAll(cookies, i -> i + 1);
        PcapBuilder pcap = new PcapBuilder(LITTLE).sockDiag(NOON_NS, tcp)
                .sockDiag(NOON_NS, SS.sockets(ONE, Uapi.AF_INET, 1));
        int polls = 800;
        for (int i = 0; i < polls; i++) {
            long portid = 1000L + i;
            pcap.sockDiag(NOON_NS, tcp).sockDiag(NOON_NS, SS.sockets(portid, Uapi.AF_INET, cookies))
                    .sockDiag(NOON_NS, SS.done(portid));
        }
        ImportedCapture capture = imported(pcap.sockDiag(NOON_NS, SS.sockets(ONE, Uapi.AF_INET, 2)).toBytes());
        assertEquals(polls + 1, capture.snapshots().size());
        assertEquals("0 tcp4 unfinished 1", dumps(capture).getFirst());
        assertEquals(polls, dumps(capture).stream().filter(d -> d.endsWith("tcp4 complete 300")).count());
        assertTrue(capture.report().messages().toString().contains("ran so long alongside later ones"),
                capture.report()::toString);
    }
}
