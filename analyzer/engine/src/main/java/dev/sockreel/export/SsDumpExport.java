package dev.sockreel.export;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.dump.Dump;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.nlmsg.NlmsgWalk;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Input of {@code TCPDIAG_FILE=FILE ss}: the tcp messages of one snapshot, each padded to 4, and one NLMSG_DONE.
 * {@code ss -D} itself writes a DONE behind IPv4 and another behind IPv6, and its reader stops at the first; with a
 * single one at the very end it shows both. So that this is one dump, all messages get one nlmsg_seq and nlmsg_pid;
 * else they are the kernel's bytes.
 */
final class SsDumpExport implements Exporter {
    private static final int SEQ = 1;
    private static final int PID = 0;
    private static final int SEQ_AT = 8;
    private static final int PID_AT = 12;

    @Override
    public String format() {
        return "ss-dump";
    }

    @Override
    public boolean holds(Dump d) {
        return d.request().protocol() == InetProtocol.IPPROTO_TCP
                && (d.request().family() == Family.AF_INET || d.request().family() == Family.AF_INET6)
                && d.request().nlmsgType() == Nlmsghdr.SOCK_DIAG_BY_FAMILY;
    }

    private List<Dump> dumps(Snapshot snapshot) {
        List<Dump> full = snapshot.dumps().stream().filter(this::holds).toList();
        return full.stream()
                .filter(d -> full.stream().noneMatch(wider -> wider != d && isWider(wider, d)))
                .toList();
    }

    /** Writes only the wider of two dumps of one family in a snapshot, so that no socket comes twice. */
    private static boolean isWider(Dump a, Dump b) {
        if (a.request().family() != b.request().family()) {
            return false;
        }
        int states = Long.compare(Long.bitCount(a.request().states()), Long.bitCount(b.request().states()));
        int complete = Boolean.compare(a.isComplete(), b.isComplete());
        int first = Integer.compare(b.begin().dump(), a.begin().dump());
        return complete != 0 ? complete > 0 : states != 0 ? states > 0 : first > 0;
    }

    @Override
    public Export to(OutputStream out) {
        return snapshot -> write(snapshot, out);
    }

    private long write(Snapshot snapshot, OutputStream out) throws IOException {
        List<Dump> dumps = dumps(snapshot);
        int sockets = 0;
        for (Dump dump : dumps) {
            for (Datagram d : dump.datagrams()) {
                sockets += writeSockets(dump, d, out);
            }
        }
        // Without its end the reader complains, as it should, of a dump that is not whole.
        if (!dumps.isEmpty() && dumps.stream().allMatch(Dump::isComplete)) {
            out.write(done(dumps.getLast()));
        }
        return sockets;
    }

    private static int writeSockets(Dump dump, Datagram d, OutputStream out) throws IOException {
        WireReader in = new WireReader(d.data(), d.data().readableBytes(), dump.order());
        NlmsgWalk walk = new NlmsgWalk(in, 0);
        int sockets = 0;
        while (walk.next()) {
            if (walk.type() == Nlmsghdr.SOCK_DIAG_BY_FAMILY) {
                byte[] message = new byte[Nlmsghdr.align(walk.length())];
                d.data().getBytes(walk.offset(), message, 0, walk.length());
                ByteBuffer.wrap(message).order(dump.order()).putInt(SEQ_AT, SEQ).putInt(PID_AT, PID);
                out.write(message);
                sockets++;
            }
        }
        return sockets;
    }

    private static byte[] done(Dump dump) {
        ByteBuffer done = ByteBuffer.allocate(Nlmsghdr.BYTES + 4).order(dump.order());
        done.putInt(Nlmsghdr.BYTES + 4);
        done.putShort((short) Nlmsghdr.NLMSG_DONE);
        done.putShort((short) 2); // NLM_F_MULTI
        done.putInt(SEQ).putInt(PID);
        done.putInt(0); // no error
        return done.array();
    }
}
