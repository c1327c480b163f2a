package dev.sockreel.export;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.SharedCookies;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.netns.NamespaceChoice;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Input of {@code TCPDIAG_FILE=FILE ss}: the tcp messages of one snapshot, each padded to 4, and one NLMSG_DONE.
 * {@code ss -D} itself writes a DONE behind IPv4 and another behind IPv6, and its reader stops at the first; with a
 * single one at the very end it shows both. So that this is one dump, all messages get one nlmsg_seq and nlmsg_pid;
 * else they are the kernel's bytes, also those of the old request (TCPDIAG_GETSOCK). Of several namespaces the sockets
 * are written together, since the format has no namespaces.
 */
final class SsDumpExport implements Exporter {
    private static final int SEQ = 1;
    private static final int PID = 0;
    private static final int SEQ_AT = 8;
    private static final int PID_AT = 12;

    /** The sockets of one version of IP in one namespace. */
    private record Part(int netns, int family) implements Comparable<Part> {
        @Override
        public int compareTo(Part o) {
            return netns != o.netns ? Integer.compare(netns, o.netns) : Integer.compare(family, o.family);
        }
    }

    @Override
    public String format() {
        return "ss-dump";
    }

    @Override
    public String held() {
        return "tcp sockets from sock_diag";
    }

    @Override
    public boolean holdsProcText() {
        return false;
    }

    @Override
    public boolean isBinary() {
        return true;
    }

    @Override
    public boolean holds(Dump d) {
        int type = d.request().nlmsgType();
        return d.request().protocol() == InetProtocol.IPPROTO_TCP
                && (type == Nlmsghdr.TCPDIAG_GETSOCK
                        || (type == Nlmsghdr.SOCK_DIAG_BY_FAMILY && Family.isInet(d.request().family())));
    }

    /** The dumps of one namespace: of a socket that is in several, the message of the first is written. */
    private record Widest(IdentityHashMap<Dump, Integer> places, SharedCookies shared) {
        private static final Comparator<Dump> ORDER = Comparator.comparing(Dump::isComplete)
                .thenComparingInt(d -> Long.bitCount(d.request().states()))
                .reversed()
                .thenComparingInt(d -> d.begin().dump());

        static Map<Integer, Widest> byNetns(List<Dump> dumps) {
            Map<Integer, List<Dump>> byNetns = new HashMap<>();
            dumps.forEach(d -> byNetns.computeIfAbsent(d.begin().netns(), n -> new ArrayList<>()).add(d));
            Map<Integer, Widest> all = new HashMap<>();
            byNetns.forEach((netns, some) -> {
                some.sort(ORDER);
                IdentityHashMap<Dump, Integer> places = new IdentityHashMap<>();
                some.forEach(d -> places.put(d, places.size()));
                all.put(netns, new Widest(places, new SharedCookies(some)));
            });
            return all;
        }
    }

    @Override
    public String aboutSeveral() {
        return "ss reads the first dump of the file alone, `sockreel import` all";
    }

    @Override
    public Export to(OutputStream out) {
        int[] written = new int[1];
        return (snapshot, here) -> write(snapshot, here, SEQ + written[0]++, out);
    }

    /** @param seq nlmsg_seq, another for each snapshot: it parts a dump without an end from the next */
    private ExportCount write(Snapshot snapshot, NamespaceChoice.Here here, int seq, OutputStream out)
            throws IOException {
        List<Dump> dumps = snapshot.dumps().stream().filter(this::holds).filter(here::takes).toList();
        long sockets = 0;
        Map<Integer, Widest> widest = Widest.byNetns(dumps);
        for (Dump dump : dumps) {
            Widest ofNetns = widest.get(dump.begin().netns());
            sockets += ofNetns == null ? 0 : writeSockets(dump, ofNetns, seq, out);
        }
        // Without its end the reader complains, as it should, of a dump that is not whole.
        boolean isWhole = !dumps.isEmpty() && parts(dumps).values().stream().allMatch(complete -> complete);
        if (isWhole) {
            out.write(done(dumps.getLast(), seq));
        }
        ExportCount.LeftOut leftOut = new ExportCount.LeftOut();
        new SnapshotSockets(snapshot).forEach((SocketRow row) -> {
            if (!isWritten(row) && here.takes(row)) {
                leftOut.add(row);
            }
        });
        return leftOut.count(sockets, sockets == 0 && !isWhole);
    }

    private static boolean isWritten(SocketRow row) {
        return row.socket().source().equals("sock_diag") && Family.isInet(row.socket().family())
                && row.socket().protocol() == InetProtocol.IPPROTO_TCP;
    }

    /** Returns for each part that was asked for whether some dump has all of it. */
    private static Map<Part, Boolean> parts(List<Dump> dumps) {
        Map<Part, Boolean> parts = new TreeMap<>();
        for (Dump dump : dumps) {
            boolean isOld = dump.request().nlmsgType() == Nlmsghdr.TCPDIAG_GETSOCK;
            for (int family : isOld ? List.of(Family.AF_INET, Family.AF_INET6) : List.of(dump.request().family())) {
                parts.merge(new Part(dump.begin().netns(), family), dump.isComplete(), Boolean::logicalOr);
            }
        }
        return parts;
    }

    /** Writes those sockets of a dump that no wider one has. */
    private static int writeSockets(Dump dump, Widest widest, int seq, OutputStream out) throws IOException {
        int sockets = 0;
        int place = widest.places().getOrDefault(dump, 0);
        SocketCursor cursor = dump.cursor();
        while (cursor.next()) {
            long cookie = cursor.socket().cookie();
            if (widest.shared().isFirst(place, cookie)) {
                out.write(message(dump, cursor.socket().message(), seq));
                sockets++;
            }
        }
        return sockets;
    }

    private static byte[] message(Dump dump, byte[] bytes, int seq) {
        byte[] message = Arrays.copyOf(bytes, Nlmsghdr.align(bytes.length));
        ByteBuffer.wrap(message).order(dump.order()).putInt(SEQ_AT, seq).putInt(PID_AT, PID);
        return message;
    }

    private static byte[] done(Dump dump, int seq) {
        ByteBuffer done = ByteBuffer.allocate(Nlmsghdr.BYTES + 4).order(dump.order());
        done.putInt(Nlmsghdr.BYTES + 4);
        done.putShort((short) Nlmsghdr.NLMSG_DONE);
        done.putShort((short) 2); // NLM_F_MULTI
        done.putInt(seq).putInt(PID);
        done.putInt(0); // no error
        return done.array();
    }
}
