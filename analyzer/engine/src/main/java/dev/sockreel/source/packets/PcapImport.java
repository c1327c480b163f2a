package dev.sockreel.source.packets;

import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.input.Inputs;
import dev.sockreel.pcap.CookedHeader;
import dev.sockreel.pcap.Packet;
import dev.sockreel.pcap.PacketFile;
import dev.sockreel.pcap.PacketFileException;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.HostOrder;
import dev.sockreel.source.sink.ImportReport;
import dev.sockreel.source.sink.Importer;
import dev.sockreel.source.sink.Remarks;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.source.sink.SourceStream;
import dev.sockreel.wording.Counted;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Imports packets of an nlmon device from pcap or pcapng: every sock_diag dump among them. */
public final class PcapImport implements Importer {
    public static final PcapImport PCAP = new PcapImport(Origin.PCAP.id());
    public static final PcapImport PCAPNG = new PcapImport("pcapng");

    private final String format;

    private PcapImport(String format) {
        this.format = format;
    }

    @Override
    public String format() {
        return format;
    }

    @Override
    public boolean recognizes(Path path) throws IOException {
        if (!Inputs.current().isFile(path)) {
            return false;
        }
        try (InputStream in = SourceStream.open(path)) {
            return format.equals(PacketFile.format(in.readNBytes(PacketFile.MAGIC_BYTES)));
        }
    }

    /** Imports the file in either format, whichever it has. */
    @Override
    public ImportReport run(Path path, CaptureSink sink) throws IOException {
        try (PacketFile file = PacketFile.open(sink.open(path))) {
            return new Run(path, file, sink).run();
        } catch (PacketFileException e) {
            throw new SourceException(path + " " + e.getMessage(), e);
        }
    }

    /** The import of one file. */
    private final class Run {
        private final Path path;
        private final PacketFile file;
        private final CaptureSink sink;
        private final PacketNamespaces namespaces = new PacketNamespaces();
        private final LinkNames links = new LinkNames();
        private final NamespaceRecords described;
        private final TreeMap<Integer, Long> otherProtocols = new TreeMap<>();
        private @Nullable ByteOrder order;
        private @Nullable SockDiagPackets traffic;
        private final UnreadPackets noMessages =
                new UnreadPackets("of sock_diag that has no message in this host's byte order");
        private final UnreadPackets noNetlink = new UnreadPackets("without a netlink header");

        Run(Path path, PacketFile file, CaptureSink sink) {
            this.path = path;
            this.file = file;
            this.sink = sink;
            this.described = new NamespaceRecords(sink);
        }

        ImportReport run() throws IOException {
            Packet packet;
            ReceiveTime last = ReceiveTime.NONE;
            while ((packet = file.next()) != null) {
                takeNamed(packet);
                last = packet.time().isKnown() ? packet.time() : last;
            }
            SockDiagPackets all = traffic;
            if (all == null) {
                throw new SourceException(path + " has no packet of sock_diag" + (file.damage().isEmpty()
                        ? "" : ", and is damaged: " + file.damage()));
            }
            List<String> damages = new ArrayList<>();
            if (!file.damage().isEmpty()) {
                damages.add(path + " is cut off or damaged: " + file.damage());
            }
            if (file.droppedSomewhere() > 0) {
                damages.add("%s: the capture lost %s at unknown places, so any dump may be incomplete"
                        .formatted(path, Counted.of(file.droppedSomewhere(), "packet")));
            }
            Stream.of(noNetlink.damages(), noMessages.damages(), all.damages()).flatMap(d -> d)
                    .forEach(d -> damages.add(path + ", " + d));
            ReceiveTime ended = all.finish(last);
            return sink.finish(ended, messages(all), damages);
        }

        /** Adds the packet's place to errors that lack one. */
        private void takeNamed(Packet packet) throws IOException {
            try {
                take(packet);
            } catch (SourceException e) {
                String why = String.valueOf(e.getMessage());
                throw why.startsWith(path.toString()) ? e
                        : new SourceException("%s, packet %d: %s".formatted(path, packet.number(), why), e);
            }
        }

        private void take(Packet packet) throws IOException {
            ByteBuf data = packet.data();
            int netns = namespaces.of(packet.on());
            if (!CookedHeader.isNetlink(data)) {
                noNetlink.add(packet);
                return;
            }
            int protocol = CookedHeader.protocol(data);
            ByteBuf messages = data.slice(CookedHeader.BYTES, data.readableBytes() - CookedHeader.BYTES);
            switch (protocol) {
                case CookedHeader.NETLINK_ROUTE -> links.read(netns, messages);
                case CookedHeader.NETLINK_SOCK_DIAG -> sockDiag(netns, packet, messages);
                default -> otherProtocols.merge(protocol, 1L, Long::sum);
            }
        }

        private void sockDiag(int netns, Packet packet, ByteBuf messages) throws IOException {
            ByteOrder of = HostOrder.of(messages, 0);
            boolean isOurs = traffic == null ? ExportedPackets.isOne(packet) : traffic instanceof ExportedPackets;
            if (traffic == null && (isOurs || of != null)) {
                begin(packet, isOurs || of == null ? packet.on().order() : of, isOurs);
            }
            SockDiagPackets all = traffic;
            if (all == null || (!isOurs && of != null && of != order)) {
                noMessages.add(packet); // from a host of another byte order, or no message at all
                return;
            }
            all.take(netns, packet, messages);
        }

        private void begin(Packet first, ByteOrder of, boolean isOurs) throws IOException {
            order = of;
            sink.begin(of, format, path, isOurs ? ExportedPackets.hostFacts(first.on()) : Map.of());
            traffic = isOurs
                    ? new ExportedPackets(sink, described)
                    : new SockDiagTraffic(of, new SnapshotOrder(sink, this::describe));
        }

        /** Writes what is known so far of the namespaces of the snapshot that ends. */
        private void describe(Set<Integer> of) throws IOException {
            for (int netns : of) {
                described.write(new NetworkNamespace(netns, 0, 0, namespaces.name(netns), links.of(netns)));
            }
        }

        private List<String> messages(SockDiagPackets all) {
            List<String> messages = new ArrayList<>();
            messages.add(all instanceof ExportedPackets
                    ? "sockreel exported this file: its comments on host and dumps are imported too"
                    : "a " + format + " has nothing about processes or the host (kernel, boot, privileges, modules)"
                            + (format.equals(Origin.PCAP.id()) ? ", and does not say whether packets were lost" : ""));
            messages.add("a " + format + Importer.HAS_NO_CHECKSUMS);
            messages.addAll(file.remarks().stream().map(r -> path + ": " + r).toList());
            Remarks skipped = new Remarks();
            otherProtocols.forEach((protocol, count) -> skipped.add(
                    Counted.of(count, "packet") + " of netlink protocol " + protocol + (count == 1 ? " was" : " were")
                            + " skipped"));
            messages.addAll(skipped.all());
            messages.addAll(all.remarks());
            messages.addAll(described.remarks());
            return messages;
        }
    }
}
