package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.fixtures.PcapBuilder;
import dev.sockreel.fixtures.PcapngBuilder;
import dev.sockreel.fixtures.Uapi;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests pcapng imports: blocks, sections, interfaces, times, and reported losses. */
class PcapngImportTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
    private static final NetlinkTalk SS = new NetlinkTalk(LITTLE, 123_456);
    private static final byte[] ASK = packet(SS.ask(Uapi.AF_INET, NetlinkTalk.TCP));
    private static final byte[] ANSWER = packet(SS.sockets(100, Uapi.AF_INET, 1, 2));
    private static final byte[] DONE = packet(SS.done(100));
    private static final long NOON_S = 1_795_344_000L;

    @TempDir
    private Path folder;

    private static byte[] packet(byte[] messages) {
        return PcapBuilder.cooked(PcapBuilder.NETLINK_SOCK_DIAG, messages);
    }

    private ImportedCapture imported(PcapngBuilder file) throws IOException {
        return ImportedCapture.of(Files.write(Files.createTempFile(folder, "nlmon", ".pcapng"), file.toBytes()));
    }

    private static List<String> dumps(ImportedCapture capture) {
        return capture.snapshots().stream()
                .flatMap(s -> s.dumps().stream().map(d -> s.index() + " " + d.begin().netns() + " " + d.family() + " "
                        + d.verdict().id() + " " + d.sockets()))
                .toList();
    }

    private static PcapngBuilder whole(PcapngBuilder file, int on, long ticks) {
        return file.enhanced(on, ticks, ASK, ASK.length, file.options())
                .enhanced(on, ticks + 1, ANSWER, ANSWER.length, file.options())
                .enhanced(on, ticks + 2, DONE, DONE.length, file.options());
    }

    private static PcapngBuilder named(PcapngBuilder file, String name) {
        return file.networkInterface(253, 0, file.options().add(2, name.getBytes(StandardCharsets.UTF_8)));
    }

    /** if_tsresol: a power of ten, or of two when its upper bit is set; microseconds without it. */
    @ParameterizedTest
    @CsvSource({
        "-1, 1795344000000001, 1795344000000001000",
        "9, 1795344000000000002, 1795344000000000002",
        "3, 1795344000003, 1795344000003000000",
        "0, 1795344004, 1795344004000000000",
        "12, 1795344000000005678, 1795344000000005",
        "138, 1838432256512, 1795344000500000000",
    })
    void times(int resolution, long ticks, long expectedNs) throws IOException {
        for (ByteOrder order : List.of(LITTLE, BIG)) {
            PcapngBuilder file = new PcapngBuilder(order);
            PcapngBuilder.Options options = file.options();
            file.networkInterface(253, 0, resolution < 0 ? options : options.add(9, new byte[] {(byte) resolution}));
            ImportedCapture capture = imported(file.enhanced(0, ticks, ASK, ASK.length, file.options())
                    .enhanced(0, ticks, DONE, DONE.length, file.options()));
            assertEquals(List.of("0 0 tcp4 complete 0"), dumps(capture));
            assertEquals(expectedNs, capture.snapshot(0).begin().realtimeNs());
        }
    }

    @Test
    void anOffsetInSecondsIsAdded() throws IOException {
        PcapngBuilder file = new PcapngBuilder(BIG);
        file.networkInterface(253, 0, file.options().number64(14, NOON_S));
        ImportedCapture capture = imported(whole(file, 0, 5));
        assertEquals(NOON_S * 1_000_000_000 + 5000, capture.snapshot(0).begin().realtimeNs());
    }

    /** Imports blocks without a time, the obsolete one, and an unknown one. */
    @Test
    void otherBlocks() throws IOException {
        PcapngBuilder file = named(new PcapngBuilder(LITTLE), "nlmon0");
        ImportedCapture capture =
                imported(file.simple(ASK, ASK.length).block(0x0bad, new byte[40]).simple(ANSWER, ANSWER.length)
                        .old(0, 0xffff, NOON_S * 1_000_000, DONE).block(0x7fff_1234, new byte[0]));
        assertEquals(List.of("0 0 tcp4 complete 2"), dumps(capture));
        assertEquals(false, capture.snapshot(0).begin().isKnown());
        assertEquals(NOON_S * 1_000_000_000, capture.dumps().getFirst().datagrams().getLast().time().realtimeNs());
    }

    /** The size of a Simple Packet Block is limited by its interface's snaplen. */
    @Test
    void aSimplePacketIsCutAtTheSnaplen() throws IOException {
        byte[] cut = Arrays.copyOf(ANSWER, 100);
        PcapngBuilder file = new PcapngBuilder(LITTLE).networkInterface(253, 100, new PcapngBuilder(LITTLE).options());
        ImportedCapture capture = imported(
                file.simple(ASK, ASK.length).simple(cut, ANSWER.length).simple(DONE, DONE.length));
        assertEquals(List.of("0 0 tcp4 truncated 0"), dumps(capture));
        assertEquals(ANSWER.length - 16, capture.dumps().getFirst().datagrams().getFirst().trueLength());
    }

    /** Each interface is a namespace; the same request in both is one snapshot, and port ids are separate. */
    @Test
    void interfacesAreNamespaces() throws IOException {
        PcapngBuilder file = named(named(new PcapngBuilder(LITTLE), "blue"), "red");
        file.enhanced(0, 1, ASK, ASK.length, file.options()).enhanced(1, 2, ASK, ASK.length, file.options())
                .enhanced(1, 3, ANSWER, ANSWER.length, file.options())
                .enhanced(0, 4, DONE, DONE.length, file.options()).enhanced(1, 5, DONE, DONE.length, file.options());
        ImportedCapture capture = imported(file);
        assertEquals(List.of("0 1 tcp4 complete 2", "0 0 tcp4 complete 0"), dumps(capture));
        assertEquals(List.of("blue", "red"),
                capture.snapshot(0).namespaces().values().stream().map(NetworkNamespace::name).sorted().toList());
    }

    /** Packets of an Ethernet device in the same file are counted, whatever their bytes. */
    @Test
    void otherLinkTypesAreCounted() throws IOException {
        PcapngBuilder file = new PcapngBuilder(LITTLE);
        named(file.networkInterface(1, 0, file.options()), "nlmon0").enhanced(0, 9, ASK, ASK.length, file.options());
        ImportedCapture capture = imported(whole(file, 1, NOON_S).enhanced(0, 9, ASK, 60, file.options()));
        assertEquals(List.of("0 0 tcp4 complete 2"), dumps(capture));
        assertTrue(capture.report().messages().toString().contains("2 packets of link type 1"),
                capture.report()::toString);
    }

    /** Two files joined by cat have sections with byte orders and interfaces of their own. */
    @Test
    void sectionsOfBothOrders() throws IOException {
        PcapngBuilder file = named(named(new PcapngBuilder(BIG), "other"), "nlmon0");
        whole(file, 1, NOON_S);
        file.section(LITTLE);
        ImportedCapture capture = imported(whole(named(file, "nlmon0"), 0, NOON_S + 10));
        assertEquals(List.of("0 0 tcp4 complete 2", "1 0 tcp4 complete 2"), dumps(capture));
    }

    /** epb_dropcount counts lost packets, which any of the running dumps may lack. */
    @Test
    void packetsThatWereLostWhileADumpRan() throws IOException {
        PcapngBuilder file = named(new PcapngBuilder(LITTLE), "nlmon0");
        whole(file, 0, 1);
        file.enhanced(0, 4, ASK, ASK.length, file.options())
                .enhanced(0, 5, ANSWER, ANSWER.length, file.options())
                .enhanced(0, 6, DONE, DONE.length, file.options().number64(4, 3));
        ImportedCapture capture = imported(file);
        assertEquals(List.of("0 0 tcp4 complete 2", "1 0 tcp4 truncated 2"), dumps(capture));
        assertEquals("packets-lost", capture.dumps().get(1).faults().getFirst().kind().id());
    }

    /** Interface Statistics report lost packets somewhere, so the source is not whole. */
    @Test
    void packetsThatWereLostSomewhere() throws IOException {
        PcapngBuilder file = whole(named(new PcapngBuilder(LITTLE), "nlmon0"), 0, 1);
        ImportedCapture whole = imported(file.statistics(0, file.options().number64(5, 0)));
        assertEquals(List.of(), whole.report().damages());
        ImportedCapture lost = imported(file.statistics(0, file.options().number64(5, 12)));
        assertTrue(lost.report().damages().toString().contains("lost 12 packets"), lost.report()::toString);
    }
}
