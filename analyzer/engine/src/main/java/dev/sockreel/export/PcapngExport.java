package dev.sockreel.export;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Dump;
import dev.sockreel.pcap.CookedHeader;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.pcap.PcapngWriter;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * pcapng for Wireshark: each dump's request and datagrams as packets of a netlink device, one device a namespace, one
 * section a recording; what else is known of host, snapshot and dump as comments ({@link PcapngComments}). A truncated
 * datagram keeps its true length. Where a time is not known the packet's is 0 (1970) and the dump's comment says so.
 */
final class PcapngExport implements Exporter {
    @Override
    public String format() {
        return "pcapng";
    }

    @Override
    public boolean isBinary() {
        return true;
    }

    @Override
    public boolean holds(Dump dump) {
        return true;
    }

    @Override
    public boolean holdsProcText() {
        return false;
    }

    @Override
    public String held() {
        return "sockets from sock_diag";
    }

    @Override
    public String aboutProcText() {
        return "its comments have the text of /proc/net, up to 1 MiB a snapshot, which `sockreel import` reads";
    }

    @Override
    public Export to(OutputStream out) {
        return new File(new PcapngWriter(out));
    }

    /** One file, while it is written. */
    private static final class File implements Export {
        private final PcapngWriter out;
        private final Map<Integer, Integer> interfaces = new HashMap<>();
        private final List<String> pending = new ArrayList<>();
        private @Nullable UUID capture;
        private long packets;

        File(PcapngWriter out) {
            this.out = out;
        }

        @Override
        public ExportCount write(Snapshot snapshot, NamespaceChoice.Here here) throws IOException {
            if (!snapshot.header().captureId().equals(capture)) {
                section(snapshot);
            }
            long before = packets;
            pending.addAll(PcapngComments.snapshot(snapshot));
            for (Dump dump : snapshot.dumps()) {
                if (here.takes(dump)) {
                    dump(snapshot, dump);
                }
            }
            return count(snapshot, here, packets == before);
        }

        /** Counts the sockets that are in packets; copies of /proc/net are only in comments. */
        private static ExportCount count(Snapshot snapshot, NamespaceChoice.Here here, boolean isEmpty) {
            ExportCount.LeftOut leftOut = new ExportCount.LeftOut();
            int sockets = new SnapshotSockets(snapshot).count(row -> {
                boolean isInPacket = row.socket().source().equals("sock_diag");
                if (!isInPacket && here.takes(row)) {
                    leftOut.add(row);
                }
                return isInPacket && here.takes(row);
            });
            return leftOut.count(sockets, isEmpty);
        }

        private void section(Snapshot snapshot) throws IOException {
            capture = snapshot.header().captureId();
            interfaces.clear();
            out.section(snapshot.header().orderOrLittleEndian(), "sockreel", PcapngComments.host(snapshot));
        }

        private void dump(Snapshot snapshot, Dump dump) throws IOException {
            int netns = dump.begin().netns();
            Integer on = interfaces.get(netns);
            if (on == null) {
                on = out.networkInterface(PcapngComments.interfaceName(snapshot, netns),
                        PcapngComments.interfaceDescription(snapshot, netns),
                        PcapngComments.namespace(snapshot, netns));
                interfaces.put(netns, on);
            }
            pending.add(PcapngComments.dump(dump, wasAsked(dump)).toString());
            if (wasAsked(dump)) {
                packet(on, dump.begin().time(), dump.begin().request(), dump.begin().request().length);
            }
            for (Datagram d : dump.datagrams()) {
                pending.add(PcapngComments.datagram(dump, d).toString());
                byte[] bytes = new byte[d.data().readableBytes()];
                d.data().getBytes(d.data().readerIndex(), bytes);
                packet(on, d.time(), bytes, Math.max(d.trueLength(), bytes.length));
            }
        }

        /** Its request was sent, as far as is known: what was not asked for is no packet. */
        private static boolean wasAsked(Dump dump) {
            DumpEnd.Outcome outcome = dump.end() == null ? null : dump.end().outcome();
            return dump.begin().request().length > 0 && outcome != DumpEnd.Outcome.MISSING_BEFORE
                    && outcome != DumpEnd.Outcome.NOT_LOADED;
        }

        /** Writes a packet with all comments that wait for one. */
        private void packet(int on, ReceiveTime time, byte[] messages, long sent) throws IOException {
            packets++;
            out.packet(on, time, CookedHeader.of(messages), CookedHeader.BYTES + sent, pending);
            pending.clear();
        }
    }
}
