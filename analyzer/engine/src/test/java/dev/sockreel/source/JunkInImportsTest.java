package dev.sockreel.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.PcapBuilder;
import dev.sockreel.fixtures.PcapngBuilder;
import dev.sockreel.fixtures.ProcTextBuilder;
import dev.sockreel.fixtures.Uapi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports good sources with bytes that belong to nothing: all that is good is there, and the rest is a damage. */
class JunkInImportsTest {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int JUNK_BYTES = 4096;

    private final byte[] junk = new byte[JUNK_BYTES];

    @TempDir
    private Path folder;

    JunkInImportsTest() {
        new Random(5).nextBytes(junk);
        Arrays.fill(junk, 0, 16, (byte) 0xee);
    }

    private static byte[] request() {
        return DiagRequest.inet(ORDER, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 0xfff).seq(1).toBytes();
    }

    private static byte[] dump() {
        return new DumpBuilder()
                .add(InetDiagMsgBuilder.in(ORDER).local("127.0.0.1", 80).remote("127.0.0.1", 5000).cookie(1).inode(9)
                        .header(h -> h.seq(1)))
                .add(NlmsgBuilder.done(ORDER, 0).seq(1))
                .toBytes();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private void check(Path source, String... damages) throws IOException {
        ImportedCapture capture = ImportedCapture.of(source);
        assertEquals(List.of(damages), capture.report().damages());
        assertEquals(1, capture.rows(0).size(), "sockets");
    }

    private Path log(byte[] bin, String index) throws IOException {
        Files.write(folder.resolve("tcp4.req"), request());
        Files.write(folder.resolve("tcp4.bin"), bin);
        Files.writeString(folder.resolve("index.tsv"), index);
        return folder;
    }

    @Test
    void bytesOfALogThatTheIndexDoesNotList() throws IOException {
        int length = dump().length;
        byte[] ten = Arrays.copyOf(junk, 10);
        String one = "tcp4\t0\t%d\t%d\t0\t32768\n";
        check(log(join(dump(), junk), one.formatted(0, length)),
                "%s: 4096 bytes at byte %d of tcp4.bin are in no datagram of the index".formatted(folder, length));
        check(log(join(ten, dump()), one.formatted(10, length)),
                folder + ": 10 bytes at byte 0 of tcp4.bin are in no datagram of the index");
        int first = length - 20;
        String two = one.formatted(0, first) + "tcp4\t1\t%d\t20\t0\t32768\n";
        check(log(join(Arrays.copyOf(dump(), first), new byte[1], Arrays.copyOfRange(dump(), first, length)),
                two.formatted(first + 1)),
                "%s: 1 byte at byte %d of tcp4.bin is in no datagram of the index".formatted(folder, first));
        check(log(dump(), two.formatted(first)));
        Files.write(folder.resolve("udp4.bin"), ten);
        check(log(dump(), two.formatted(first)),
                folder + ": 10 bytes at byte 0 of udp4.bin are in no datagram of the index");
    }

    @Test
    void rowsOfAnIndexBehindTheFile() throws IOException {
        int length = dump().length;
        String index = "tcp4\t0\t0\t" + length + "\t0\t32768\ntcp4\t1\t" + length + "\t30\t0\t32768\n";
        check(log(dump(), index),
                folder + ": tcp4.bin lacks 30 bytes at byte " + length + ", where by the index a datagram goes on");
    }

    private PcapBuilder pcap() {
        return new PcapBuilder(ORDER).sockDiag(1_000, request()).sockDiag(2_000, dump());
    }

    private Path file(String name, byte[]... parts) throws IOException {
        return Files.write(folder.resolve(name), join(parts));
    }

    @Test
    void bytesBehindThePacketsOfAPcap() throws IOException {
        byte[] good = pcap().toBytes();
        int at = good.length;
        Path path = folder.resolve("a.pcap");
        check(file("a.pcap", good));
        check(file("a.pcap", good, junk), path + " is cut off or damaged: byte " + at
                + ", packet 3: its stated length of "
                + "4008636142 bytes is more than any netlink packet has; 4096 bytes from here on cannot be read");
        check(file("a.pcap", good, new byte[64]),
                path + ", byte " + at + ": the first of 4 packets without a netlink header, 0 bytes in all");
        check(file("a.pcap", good, new byte[7]), path + " is cut off or damaged: byte " + at
                + ", packet 3: the file ends after 7 of the 16 bytes of its header");
        check(file("a.pcap", pcap().packet(3_000, Arrays.copyOf(junk, 50)).toBytes()),
                path + ", byte " + at + ": a packet without a netlink header, 50 bytes in all");
        check(file("a.pcap", pcap().sockDiag(3_000, Arrays.copyOf(junk, 5)).toBytes()),
                path + ", byte " + at + ": a packet too short for a message, 21 bytes in all");
        check(file("a.pcap", new PcapBuilder(ORDER).sockDiag(1, junk).toBytes(),
                Arrays.copyOfRange(good, 24, at)),
                path + ", byte 24: a packet of sock_diag that has no message in this host's byte order,"
                        + " 4112 bytes in all");
        byte[] more = pcap().sockDiag(3_000, dump()).toBytes();
        check(file("a.pcap", Arrays.copyOf(more, more.length - 3)), path + " is cut off or damaged: byte " + at
                + ", packet 3: the file ends after %d of its %d bytes".formatted(more.length - at - 19,
                        more.length - at - 16));
    }

    @Test
    void bytesBehindTheBlocksOfAPcapng() throws IOException {
        PcapngBuilder builder = new PcapngBuilder(ORDER);
        builder.networkInterface(PcapBuilder.NETLINK, 0, builder.options());
        for (byte[] messages : List.of(request(), dump())) {
            byte[] packet = PcapBuilder.cooked(PcapBuilder.NETLINK_SOCK_DIAG, messages);
            builder.enhanced(0, 1, packet, packet.length, builder.options());
        }
        byte[] good = builder.toBytes();
        Path path = folder.resolve("a.pcapng");
        check(file("a.pcapng", good));
        String after = path + " is cut off or damaged: byte " + good.length + ", after packet 2: ";
        check(file("a.pcapng", good, junk),
                after + "a block states a length of 4008636142; 4096 bytes from here on cannot be read");
        check(file("a.pcapng", good, new byte[12]),
                after + "a block states a length of 0; 12 bytes from here on cannot be read");
        check(file("a.pcapng", good, new byte[3]),
                after + "the file ends after 3 of the 8 bytes that begin a block; 3 bytes from here on cannot be read");
    }

    private static final byte[] TCP = ProcTextBuilder.inet(ORDER).tcp(1, 9, 42).toBytes();

    private Path tar(byte[] table) throws IOException {
        Path archive = folder.resolve("a.tar");
        try (SosTar tar = SosTar.create(archive, "")) {
            tar.file("proc/net/tcp", table);
        }
        return archive;
    }

    @Test
    void bytesBehindTheEndOfATar() throws IOException {
        Path archive = tar(TCP);
        byte[] good = Files.readAllBytes(archive);
        check(archive);
        check(file("a.tar", good, new byte[10_240]));
        String sentence = "%s, byte %d: after the end of the archive %d bytes follow that are no part of it";
        check(file("a.tar", good, junk), sentence.formatted(archive, good.length, JUNK_BYTES));
        check(file("a.tar", good, new byte[512], junk, new byte[99]),
                sentence.formatted(archive, good.length + 512, JUNK_BYTES));
        byte[] inPadding = good.clone();
        inPadding[good.length - 1] = 1;
        check(file("a.tar", inPadding), "%s, byte %d: after the end of the archive 1 byte follows that is no part of it"
                .formatted(archive, good.length - 1));
    }

    @Test
    void bytesBehindTheEndOfACompressedTar() throws IOException {
        byte[] good = Files.readAllBytes(tar(TCP));
        Path archive = folder.resolve("a.tgz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(archive))) {
            gzip.write(join(good, junk));
        }
        check(archive, "%s, byte %d: after the end of the archive 4096 bytes follow that are no part of it".formatted(
                archive, good.length));
    }

    @Test
    void linesOfATableThatAreNotRows() throws IOException {
        int at = TCP.length;
        check(tar(join(TCP, text("what\n"))),
                "proc/net/tcp, byte " + at + ": here is a line of 5 bytes that is not a row");
        check(tar(join(TCP, text("a\n" + "b".repeat(3_000) + "\n\n"))),
                "proc/net/tcp, byte " + at + ": here begins the first of 3 lines that are not rows, 3004 bytes in all");
        check(tar(join(TCP, text("no end"))), "proc/net/tcp, byte " + at + ": the last line, of 6 bytes, has no end");
        check(tar(Arrays.copyOf(TCP, at)));
        Path net = Files.createDirectories(folder.resolve("net"));
        Files.write(net.resolve("tcp"), join(TCP, text("what\n")));
        check(net, "tcp, byte " + at + ": here is a line of 5 bytes that is not a row");
    }

    @Test
    void aFileWithATablesNameThatIsNone() throws IOException {
        Path archive = folder.resolve("a.tar");
        try (SosTar tar = SosTar.create(archive, "")) {
            tar.file("proc/net/tcp", TCP).file("proc/net/udp", junk);
        }
        check(archive, "proc/net/udp is not a table of /proc/net: its 4096 bytes are left out");
    }

    @Test
    void linesOfACopyInALogThatAreNotRows() throws IOException {
        Files.write(folder.resolve("proc-udp"), text("what\n"));
        String index = "tcp4\t0\t0\t%d\t0\t32768\n".formatted(dump().length);
        check(log(dump(), index), folder + "/proc-udp, byte 0: here is a line of 5 bytes that is not a row");
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
