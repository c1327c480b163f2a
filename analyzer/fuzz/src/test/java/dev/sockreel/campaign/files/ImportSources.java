package dev.sockreel.campaign.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.capture.PlainFile;
import dev.sockreel.fixtures.PcapBuilder;
import dev.sockreel.fixtures.PcapngBuilder;
import dev.sockreel.fuzz.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** Sources of imports, with odd values; each in parts. */
record ImportSources(Odd odd) {
    /** A file of a folder: its name, NUL, its content. */
    static byte[] file(String name, byte[] content) {
        return new Wire().raw(name.getBytes(UTF_8)).u8(0).raw(content).bytes();
    }

    private RandomGenerator random() {
        return odd.random();
    }

    private String family() {
        return MessageGrammar.FAMILIES.get(random().nextInt(MessageGrammar.FAMILIES.size()));
    }

    /** Dumps one after another, as ss -D writes them; sometimes with keys, cut or with bytes that are no message. */
    List<byte[]> ssDump(int heavy) {
        List<byte[]> parts = new ArrayList<>();
        MessageGrammar messages = new MessageGrammar(odd);
        for (int i = 1 + random().nextInt(3); i > 0; i--) {
            String family = random().nextInt(3) == 0 ? "tcp4" : family();
            if (family.equals("tcp4") && random().nextBoolean()) {
                parts.add(Keys.message(random()));
            }
            parts.addAll(messages.dump(family, heavy > 0 ? heavy : 1 + random().nextInt(8)));
        }
        if (random().nextInt(6) == 0) {
            byte[] junk = new byte[16 * (1 + random().nextInt(300))];
            if (random().nextBoolean()) {
                random().nextBytes(junk);
            }
            parts.add(random().nextInt(parts.size() + 1), junk);
        }
        if (random().nextInt(3) == 0) {
            int at = random().nextInt(parts.size());
            parts.set(at, Mutation.of(random(), parts.get(at), parts, 2));
        }
        return parts;
    }

    /** Requests, dumps, names of devices and packets of other protocols; heavy: many requests. */
    List<byte[]> pcap(int heavy) {
        List<byte[]> parts = new ArrayList<>();
        ByteOrder order = random().nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        byte[] head = new PcapBuilder(order).toBytes();
        parts.add(head);
        List<byte[]> packets = packets(heavy);
        for (int i = 0; i < packets.size(); i++) {
            byte[] one =
                    new PcapBuilder(order).packet(odd.big(1_800_000_000_000_000_000L + i), packets.get(i)).toBytes();
            parts.add(odd.bytes(java.util.Arrays.copyOfRange(one, head.length, one.length)));
        }
        return parts;
    }

    private List<byte[]> packets(int heavy) {
        List<byte[]> packets = new ArrayList<>();
        MessageGrammar messages = new MessageGrammar(odd);
        for (int i = heavy > 0 ? heavy : 1 + random().nextInt(6); i > 0; i--) {
            String family = heavy > 0 ? "unix" : family();
            byte[] request = Seeds.request(family);
            ReelParts.little(request).putInt(8, odd.number(heavy > 0 ? i : 123456));
            packets.add(PcapBuilder.cooked(odd.number(4), odd.bytes(request)));
            if (heavy == 0) {
                messages.dump(family, random().nextInt(5))
                        .forEach(d -> packets.add(PcapBuilder.cooked(odd.number(4), d)));
            }
            if (odd.isOdd()) {
                packets.add(PcapBuilder.cooked(0,
                        PcapBuilder.newLink(ByteOrder.LITTLE_ENDIAN, odd.number(i), odd.text("lo"))));
                packets.add(PcapBuilder.cooked(4, Keys.message(random())));
            }
        }
        return packets;
    }

    /** Blocks of a pcapng, among them lengths, interfaces and comments that are odd. */
    List<byte[]> pcapng(int heavy) {
        List<byte[]> parts = new ArrayList<>();
        ByteOrder order = random().nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        PcapngBuilder built = new PcapngBuilder(order);
        byte[] head = built.toBytes();
        parts.add(head);
        PcapngBuilder blocks = new PcapngBuilder(order);
        blocks.networkInterface(odd.number(PcapBuilder.NETLINK), odd.number(0),
                blocks.options().add(odd.number(9), new byte[] {(byte) odd.number(9)}).comment(odd.text("x")));
        for (byte[] packet : packets(heavy)) {
            blocks.enhanced(odd.number(0), odd.big(7), packet, odd.number(packet.length),
                    blocks.options().comment(odd.text("a comment")).number64(4, odd.big(0)));
            if (odd.isOdd()) {
                blocks.simple(packet, odd.number(packet.length)).old(odd.number(0), 0, 9, packet)
                        .block(odd.number(5), odd.textBytes("block")).section(order);
            }
        }
        byte[] all = blocks.toBytes();
        for (int at = head.length; at < all.length; at += 512) {
            parts.add(java.util.Arrays.copyOfRange(all, at, Math.min(all.length, at + 512)));
        }
        return parts;
    }

    /** A datagram-log; heavy: many lines, buffers and rows of descriptors. */
    List<byte[]> log(int heavy) {
        List<byte[]> files = new ArrayList<>();
        MessageGrammar messages = new MessageGrammar(odd);
        StringBuilder index = new StringBuilder(
                odd.text("#name\trecv\toffset\tlength\tmsg_flags\tbufsize\trealtime_ns\tremark") + "\n");
        String family = family();
        Wire bin = new Wire();
        int at = 0;
        List<byte[]> datagrams = messages.dump(family, heavy > 0 ? heavy : 4);
        for (int i = 0; i < datagrams.size(); i++) {
            bin.raw(datagrams.get(i));
            index.append(String.join("\t", odd.text(family), "" + odd.number(i), "" + odd.number(at),
                    "" + odd.number(datagrams.get(i).length), odd.text("0x0"), odd.text("32768"),
                    "" + odd.big(1_795_344_507_949_533_150L), odd.text(""))).append('\n');
            at += datagrams.get(i).length;
        }
        StringBuilder holders = new StringBuilder();
        for (int i = 0; i < Math.max(3, heavy); i++) {
            holders.append(odd.number(100 + i)).append('\t').append(odd.text("proc")).append('\t')
                    .append(odd.number(3 + i))
                    .append('\t').append(odd.big(1000 + i)).append('\n');
        }
        files.add(file("index.tsv", index.toString().getBytes(UTF_8)));
        files.add(file(family + ".bin", odd.bytes(bin.bytes())));
        files.add(file(family + ".req", odd.bytes(Seeds.request(family))));
        files.add(file("fdmap.tsv", holders.toString().getBytes(UTF_8)));
        files.add(file("proc-raw", odd.bytes(Seeds.procText("raw", 3))));
        return files;
    }

    /** Copies of tables of /proc/net; heavy: many rows. */
    List<byte[]> procNet(int heavy) {
        List<byte[]> files = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6", "udp", "unix", "raw", "packet", "netlink")) {
            if (random().nextInt(3) > 0) {
                byte[] text = heavy > 0 && table.equals("udp")
                        ? RecordGrammar.table(heavy) : Seeds.procText(table, 1 + random().nextInt(30));
                files.add(file("proc/net/" + table,
                        random().nextInt(3) == 0 ? Mutation.of(random(), text, List.of(text), 4) : text));
            }
        }
        files.add(file("proc/net/sockstat", odd.textBytes("TCP: inuse 5 orphan 0 tw 0\n")));
        return files;
    }

    /** A tar archive of such files, with odd names, links and sizes; heavy: many entries. */
    static byte[] tar(Odd odd, List<byte[]> files, int heavy) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (byte[] file : files) {
                int end = nameLength(file);
                entry(tar, odd.text(new String(file, 0, end, UTF_8)),
                        java.util.Arrays.copyOfRange(file, end + 1, file.length));
            }
            for (int i = 0; i < heavy; i++) {
                entry(tar, "proc/" + i, new byte[0]);
            }
            if (odd.isOdd()) {
                TarArchiveEntry link = new TarArchiveEntry("proc/net/tcp", TarConstants.LF_SYMLINK);
                link.setLinkName(odd.text("/etc/passwd"));
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
        } catch (IOException | IllegalArgumentException e) {
            return out.toByteArray(); // a name that no archive can hold: what was written so far is a cut archive
        }
        return out.toByteArray();
    }

    static int nameLength(byte[] file) {
        int end = 0;
        while (end < file.length && file[end] != 0) {
            end++;
        }
        return end;
    }

    private static void entry(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(0);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    /** Compresses in one of the formats that an import opens. */
    static byte[] compressed(String format, byte[] content) {
        if (format.equals(CompressorStreamFactory.ZSTANDARD)) {
            return PlainFile.frame(content);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packed = new CompressorStreamFactory().createCompressorOutputStream(format, out)) {
            packed.write(content);
        } catch (CompressorException e) {
            throw new IllegalStateException(format, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
