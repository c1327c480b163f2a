package dev.sockreel.benchmarks;

import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.PcapBuilder;
import dev.sockreel.fixtures.PcapngBuilder;
import dev.sockreel.fixtures.Uapi;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Counts of packets and ss dumps that are imported. */
final class PacketCounts {
    private static final int MANY = 1 << 18;
    private static final ByteOrder ORDER = CountedReel.ORDER;
    private static final int DEVICES_A_SECTION = 4000;

    static final List<Count> ALL = List.of(
            count("packets of a dump", PacketCounts::packets),
            count("equal requests", (folder, n) -> requests(folder, n, 1, true)),
            count("different requests", (folder, n) -> requests(folder, n, n, true)),
            count("requests without an answer", (folder, n) -> requests(folder, n, n, false)),
            count("requests at a time", PacketCounts::atATime),
            count("failed requests", PacketCounts::failed),
            count("devices of packets", PacketCounts::devices),
            count("names of devices", PacketCounts::names),
            count("comments of a packet", PacketCounts::comments),
            count("exported snapshots", PacketCounts::exported),
            count("messages of ss", (folder, n) -> ss(folder, n, false)),
            count("dumps of ss", (folder, n) -> ss(folder, n, true)),
            count("places without a message", PacketCounts::junk));

    private static Count count(String name, Count.Maker maker) {
        return new Count(name, MANY, List.of(Command.to("out.reel", "import")), maker);
    }

    private static byte[] ask(int seq, int states) {
        return DiagRequest.inet(ORDER, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0, 1 + states).seq(seq).toBytes();
    }

    private static byte[] socket(int seq, int pid, int cookie) {
        return InetDiagMsgBuilder.in(ORDER).cookie(1 + cookie).inode(1 + cookie).local("127.0.0.1", 80)
                .header(h -> h.seq(seq).pid(pid)).toBytes();
    }

    private static byte[] done(int seq, int pid) {
        return NlmsgBuilder.done(ORDER, 0).seq(seq).pid(pid).toBytes();
    }

    private static List<Path> pcap(Path folder, PcapBuilder packets) throws IOException {
        return List.of(Files.write(folder.resolve("a.pcap"), packets.toBytes()));
    }

    private static List<Path> packets(Path folder, int n) throws IOException {
        PcapBuilder file = new PcapBuilder(ORDER).sockDiag(1, ask(1, 1));
        for (int i = 0; i < n; i++) {
            file.sockDiag(1, socket(1, 1, i));
        }
        return pcap(folder, file.sockDiag(1, done(1, 1)));
    }

    private static List<Path> requests(Path folder, int n, int kinds, boolean answered) throws IOException {
        PcapBuilder file = new PcapBuilder(ORDER);
        for (int i = 0; i < n; i++) {
            file.sockDiag(1, ask(i, i % kinds));
            if (answered) {
                file.sockDiag(1, done(i, 1));
            }
        }
        return pcap(folder, file);
    }

    /** A thousand programs ask before the first is answered. */
    private static List<Path> atATime(Path folder, int n) throws IOException {
        PcapBuilder file = new PcapBuilder(ORDER);
        for (int i = 0; i < n + 1000; i++) {
            if (i < n) {
                file.sockDiag(1, ask(1, i % 1000));
            }
            if (i >= 1000) {
                file.sockDiag(1, done(1, i));
            }
        }
        return pcap(folder, file);
    }

    private static List<Path> failed(Path folder, int n) throws IOException {
        PcapBuilder file = new PcapBuilder(ORDER);
        for (int i = 0; i < n; i++) {
            byte[] ask = ask(i, i);
            file.sockDiag(1, ask)
                    .sockDiag(1, NlmsgBuilder.error(ORDER, -Uapi.EINVAL, ask).seq(i).pid(1).toBytes());
        }
        return pcap(folder, file);
    }

    private static void packet(PcapngBuilder file, int on, byte[] messages, PcapngBuilder.Options options) {
        byte[] packet = PcapBuilder.cooked(PcapBuilder.NETLINK_SOCK_DIAG, messages);
        file.enhanced(on, 1, packet, packet.length, options);
    }

    /** Each device has a request, and the first one has as many again. */
    private static List<Path> devices(Path folder, int n) throws IOException {
        PcapngBuilder file = new PcapngBuilder(ORDER);
        for (int i = 0; i < n; i++) {
            if (i > 0 && i % DEVICES_A_SECTION == 0) {
                file.section(ORDER);
            }
            file.networkInterface(PcapBuilder.NETLINK, 0,
                    file.options().add(2, ("nlmon" + i).getBytes(StandardCharsets.UTF_8)));
            packet(file, i % DEVICES_A_SECTION, ask(i, 1), file.options());
        }
        for (int i = 0; i < n; i++) {
            packet(file, 0, ask(i, 1), file.options());
        }
        return List.of(Files.write(folder.resolve("a.pcapng"), file.toBytes()));
    }

    /** The names of as many devices in a hundred snapshots. */
    private static List<Path> names(Path folder, int n) throws IOException {
        PcapBuilder file = new PcapBuilder(ORDER);
        for (int i = 0; i < n; i++) {
            file.packet(1, PcapBuilder.cooked(PcapBuilder.NETLINK_ROUTE, PcapBuilder.newLink(ORDER, i, "e" + i)));
        }
        for (int i = 0; i < 100; i++) {
            file.sockDiag(1, ask(i, 1)).sockDiag(1, done(i, 1));
        }
        return pcap(folder, file);
    }

    /** A packet whose block has room for that many comments. */
    private static List<Path> comments(Path folder, int n) throws IOException {
        PcapngBuilder file = new PcapngBuilder(ORDER);
        file.networkInterface(PcapBuilder.NETLINK, 0, file.options());
        PcapngBuilder.Options options = file.options();
        for (int i = 0; i < n; i++) {
            options.comment("");
        }
        packet(file, 0, ask(1, 1), options);
        return List.of(Files.write(folder.resolve("a.pcapng"), file.toBytes()));
    }

    private static List<Path> exported(Path folder, int n) throws IOException {
        PcapngBuilder file = new PcapngBuilder(ORDER);
        file.networkInterface(PcapBuilder.NETLINK, 0, file.options().comment("sockreel namespace\nnumber: 0"));
        for (int i = 0; i < n; i++) {
            packet(file, 0, ask(i, 1), file.options().comment("sockreel snapshot\nbegan: unknown").comment(
                    "sockreel dump\nnumber: " + i + "\nfamily: tcp4\nrequest: this packet\ndatagrams: 0"));
        }
        return List.of(Files.write(folder.resolve("a.pcapng"), file.toBytes()));
    }

    private static List<Path> ss(Path folder, int n, boolean dumps) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve("a.ssd")))) {
            for (int i = 0; i < n; i++) {
                out.write(socket(dumps ? i : 1, 1, i));
                if (dumps || i == n - 1) {
                    out.write(done(dumps ? i : 1, 1));
                }
            }
        }
        return List.of(folder.resolve("a.ssd"));
    }

    private static List<Path> junk(Path folder, int n) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve("a.ssd")))) {
            for (int i = 0; i < n; i++) {
                out.write(socket(1, 1, i));
                out.write(new byte[] {-1, -1, -1, -1});
            }
            out.write(done(1, 1));
        }
        return List.of(folder.resolve("a.ssd"));
    }

    private PacketCounts() {}
}
