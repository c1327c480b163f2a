package dev.sockreel.source.packets;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.NetworkNamespace.Interface;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.pcap.CookedHeader;
import dev.sockreel.pcap.DumpKnowledge;
import dev.sockreel.pcap.Packet;
import dev.sockreel.pcap.PacketInterface;
import dev.sockreel.pcap.ReelComment;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.wording.Counted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Imports packets of a pcapng that sockreel exported: comments say which dump a packet belongs to and what else was
 * known. Verdicts are not taken over; they are computed again from the bytes and the facts. Packets without such a
 * comment are left out.
 */
final class ExportedPackets implements SockDiagPackets {
    /** Faults that do not follow from the bytes, with the kind of note that caused each. */
    private static final Map<String, RecorderNote.Kind> NOTED = Map.of(
            "receiver-waited", RecorderNote.Kind.RECEIVER_WAITED,
            "request-unsure", RecorderNote.Kind.REQUEST_UNSURE,
            "packets-lost", RecorderNote.Kind.PACKETS_LOST,
            "checksum", RecorderNote.Kind.LOST_BEFORE_RECOVERY);

    private record Open(int number, ReelComment begin, int datagramsLeft) {}

    /** Limit for the names of devices in one namespace, so that they fit one record. */
    private static final int MAX_LINKS = 16_384;
    /** IFNAMSIZ - 1 bytes, each printed as \\x and two digits. */
    private static final int IFNAMSIZ_PRINTED = 60;

    /** Limit for the dumps of one snapshot: of every family in thousands of namespaces. */
    private static final int MAX_DUMPS = 65_536;

    private final CaptureSink sink;
    private final NamespaceRecords described;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private final Map<Integer, NetworkNamespace> namespaces = new HashMap<>();
    /** Namespaces that the current snapshot has a record of. */
    private final Set<Integer> inSnapshot = new HashSet<>();
    /** Namespaces of the section's interfaces. */
    private final Map<Integer, Integer> netnsOfInterface = new HashMap<>();
    private ReceiveTime snapshotEnd = ReceiveTime.NONE;
    private int section;
    private int interfaceSection;
    /** Number of dumps of the current snapshot. */
    private int dumps;
    private long foreignPackets;

    ExportedPackets(CaptureSink sink, NamespaceRecords described) {
        this.sink = sink;
        this.described = described;
    }

    /** Returns whether sockreel wrote the packet. */
    static boolean isOne(Packet packet) {
        return packet.comments().stream().map(ReelComment::parse)
                .anyMatch(c -> c != null && c.kind().equals("snapshot"));
    }

    static Map<String, String> hostFacts(PacketInterface on) {
        for (String comment : on.sectionComments()) {
            ReelComment parsed = ReelComment.parse(comment);
            if (parsed != null && parsed.kind().equals("host")) {
                return parsed.fields();
            }
        }
        return Map.of();
    }

    @Override
    public void take(int ignored, Packet packet, ByteBuf messages) throws IOException {
        if (packet.on().section() != interfaceSection) {
            interfaceSection = packet.on().section();
            netnsOfInterface.clear();
        }
        Integer known = netnsOfInterface.get(packet.on().number());
        int netns = known != null ? known : describe(packet.on());
        boolean taken = false;
        for (String text : packet.comments()) {
            ReelComment comment = ReelComment.parse(text);
            if (comment != null && (sink.snapshots() > 0 || comment.kind().equals("snapshot"))) {
                taken |= take(comment, netns, packet, messages);
            }
        }
        foreignPackets += taken ? 0 : 1;
    }

    /** Applies one comment; returns whether it describes this packet. */
    private boolean take(ReelComment comment, int netns, Packet packet, ByteBuf messages) throws IOException {
        switch (comment.kind()) {
            case "snapshot" -> snapshot(comment, packet.on());
            case "text" -> procText(comment);
            case "dump" -> {
                boolean onThis = "this packet".equals(comment.get("request"));
                begin(comment, netns, packet, onThis ? bytes(messages) : unsentRequest(comment));
                return onThis;
            }
            case "datagram" -> {
                return datagram(comment, packet, messages);
            }
            default -> {}
        }
        return false;
    }

    private static byte[] bytes(ByteBuf messages) {
        byte[] bytes = new byte[messages.readableBytes()];
        messages.getBytes(0, bytes);
        return bytes;
    }

    private static byte[] unsentRequest(ReelComment comment) {
        try {
            return HexFormat.of().parseHex(comment.get("request-not-sent", ""));
        } catch (IllegalArgumentException e) {
            return new byte[0]; // the request stays unknown
        }
    }

    private int describe(PacketInterface on) throws IOException {
        int netns = on.number();
        long inode = 0;
        long cookie = 0;
        String name = on.name();
        List<Interface> links = new ArrayList<>();
        for (String text : on.comments()) {
            ReelComment comment = ReelComment.parse(text);
            if (comment == null || !comment.kind().equals("namespace")) {
                continue;
            }
            netns = comment.smallNumber("number");
            inode = comment.get("inode") == null ? inode : comment.number("inode").orElse(0);
            cookie = comment.get("cookie") == null ? cookie : comment.number("cookie").orElse(0);
            name = comment.get("name", name);
            comment.fields().forEach((key, value) -> {
                boolean fits = links.size() < MAX_LINKS && value.length() <= IFNAMSIZ_PRINTED;
                if (fits && key.matches("interface [0-9]{1,9}")) {
                    links.add(new Interface(Integer.parseInt(key.substring("interface ".length())), value));
                }
            });
        }
        if (namespaces.size() == PacketNamespaces.MAX_NAMESPACES && !namespaces.containsKey(netns)) {
            throw new SourceException(
                    "packets of more than %,d namespaces: divide the file and import its parts".formatted(
                            PacketNamespaces.MAX_NAMESPACES));
        }
        netnsOfInterface.put(on.number(), netns);
        namespaces.put(netns, new NetworkNamespace(netns, inode, cookie, name, links));
        inSnapshot.remove(netns);
        return netns;
    }

    /** Writes the namespace into the current snapshot, unless it is there. */
    private void use(int netns) throws IOException {
        NetworkNamespace known = namespaces.get(netns);
        if (known != null && inSnapshot.add(netns)) {
            described.write(known);
        }
    }

    private void snapshot(ReelComment comment, PacketInterface on) throws IOException {
        endAll();
        if (on.section() != section) {
            section = on.section();
            sink.endSnapshot(snapshotEnd);
            sink.write(new HostEvidence(hostFacts(on)));
        }
        sink.endSnapshot(snapshotEnd);
        sink.snapshot(comment.time("began"));
        snapshotEnd = comment.time("ended");
        inSnapshot.clear();
        dumps = 0;
    }

    private void procText(ReelComment comment) throws IOException {
        use(comment.smallNumber("namespace"));
        ByteBuf body = Unpooled.wrappedBuffer(comment.body().getBytes(StandardCharsets.ISO_8859_1));
        sink.write(new ProcText(sink.snapshotIndex(), comment.smallNumber("namespace"), comment.get("path", ""),
                comment.constant("when", ProcText.When.class), comment.smallNumber("errno"),
                comment.smallNumber("part"),
                "true".equals(comment.get("last")), comment.time("read"), body));
    }

    private void begin(ReelComment comment, int netns, Packet packet, byte[] request) throws IOException {
        use(netns);
        if (++dumps > MAX_DUMPS) {
            throw new SourceException("a snapshot has more than %,d dumps, more than sockreel records".formatted(
                    MAX_DUMPS));
        }
        int number = sink.beginDump(new DumpBegin(
                sink.nextDump(), sink.snapshotIndex(), netns, comment.get("family", "unknown"), DumpBegin.VERBATIM,
                origin(comment), DumpKnowledge.bits(comment.get("knows", "")), comment.smallNumber("buffer-bytes"),
                comment.time("asked"), request, DumpBegin.NO_SOURCE_BYTE));
        for (Map.Entry<String, RecorderNote.Kind> noted : NOTED.entrySet()) {
            String why = comment.get("fault " + noted.getKey());
            if (why != null) {
                sink.note(number, noted.getValue(), 0, why);
            }
        }
        Open begun = new Open(number, comment, comment.smallNumber("datagrams"));
        if (begun.datagramsLeft() <= 0) {
            end(begun);
        } else {
            open.put(key(packet, comment.get("number", "")), begun);
        }
    }

    private static @Nullable Origin origin(ReelComment comment) {
        for (Origin origin : Origin.values()) {
            if (origin.id().equals(comment.get("origin"))) {
                return origin;
            }
        }
        return null;
    }

    private static String key(Packet packet, String dump) {
        return packet.on().section() + " " + dump;
    }

    private boolean datagram(ReelComment comment, Packet packet, ByteBuf messages) throws IOException {
        String key = key(packet, comment.get("dump", ""));
        Open dump = open.get(key);
        if (dump == null) {
            return false;
        }
        int marks = comment.get("masked") == null ? 0 : Datagram.MASKED;
        sink.datagram(dump.number(), marks, msgFlags(comment), packet.trueLength() - CookedHeader.BYTES,
                comment.number("sender").orElse(0), packet.time(), messages);
        if (dump.datagramsLeft() == 1) {
            open.remove(key);
            end(dump);
        } else {
            open.put(key, new Open(dump.number(), dump.begin(), dump.datagramsLeft() - 1));
        }
        return true;
    }

    private static int msgFlags(ReelComment comment) {
        String hex = comment.get("msg-flags", "0x0");
        return hex.matches("0x[0-9a-f]{1,8}") ? Integer.parseUnsignedInt(hex.substring(2), 16) : 0;
    }

    /** Ends a dump as the capture did; a dump whose end was not in the capture gets none here. */
    private void end(Open dump) throws IOException {
        DumpEnd.Outcome outcome = dump.begin().constant("outcome", DumpEnd.Outcome.class);
        if (outcome != null) {
            sink.endDump(dump.number(), outcome, dump.begin().smallNumber("errno"), dump.begin().get("operation", ""),
                    dump.begin().time("ended"));
        }
    }

    /** Ends all open dumps, of which packets are missing. */
    private void endAll() throws IOException {
        for (Open dump : open.values()) {
            sink.note(dump.number(), RecorderNote.Kind.PACKETS_LOST, dump.datagramsLeft(),
                    Counted.of(dump.datagramsLeft(), "of its datagrams is", "of its datagrams are")
                            + " not in the file");
            sink.endDump(dump.number(), DumpEnd.Outcome.SOURCE_ENDED, 0, ReceiveTime.NONE);
        }
        open.clear();
    }

    @Override
    public ReceiveTime finish(ReceiveTime last) throws IOException {
        endAll();
        return snapshotEnd.isKnown() ? snapshotEnd : last;
    }

    @Override
    public List<String> remarks() {
        return foreignPackets == 0 ? List.of()
                : List.of(Counted.of(foreignPackets, "packet without a comment by sockreel was left out",
                        "packets without a comment by sockreel were left out"));
    }
}
