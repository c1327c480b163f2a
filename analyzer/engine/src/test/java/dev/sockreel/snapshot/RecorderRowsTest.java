package dev.sockreel.snapshot;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.detector.FindingsRun;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NetlinkDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.ProcTextBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.verdict.WrittenCapture;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Tests which rows are the recorder's own, and that nothing is found about them. */
class RecorderRowsTest {
    private static final NlmsgBuilder REQUEST = DiagRequest.netlink(LITTLE_ENDIAN, 255, 1);

    private static NetlinkDiagMsgBuilder socket(long portid, long inode, long cookie) {
        return NetlinkDiagMsgBuilder.in(LITTLE_ENDIAN).protocol(4).portid(portid).inode(inode).cookie(cookie)
                .meminfo(4352, 212_992, 0, 212_992, 0, 0, 0, 0, 0).header(h -> h.seq(1));
    }

    private static List<byte[]> dump(NetlinkDiagMsgBuilder... sockets) {
        DumpBuilder dump = new DumpBuilder();
        for (NetlinkDiagMsgBuilder socket : sockets) {
            dump.add(socket);
        }
        return dump.add(NlmsgBuilder.done(LITTLE_ENDIAN, 0).seq(1)).datagrams(32_768);
    }

    private static OwnSockets own(WrittenCapture capture, OwnSockets.Own... sockets) {
        return new OwnSockets(capture.index(), 0, List.of(sockets));
    }

    /** Returns the inodes of the recorder's rows, held or not. */
    private static Set<Long> marked(Snapshot snapshot) {
        Set<Long> inodes = new TreeSet<>();
        new SnapshotSockets(snapshot).forEach(row -> {
            assertEquals(row.isRecorders(), row.hold().isRecorders());
            if (row.isRecorders()) {
                inodes.add(row.socket().inode());
            }
        });
        return inodes;
    }

    @Test
    void cookieAndInodeDecideTogether() {
        WrittenCapture capture = WrittenCapture.begin(LITTLE_ENDIAN).snapshot(0);
        capture.dump("netlink", REQUEST, dump(socket(1, 11, 101), socket(2, 12, 102), socket(3, 13, 103),
                socket(4, 14, 104), socket(5, 15, 105)));
        capture.write(own(capture, new OwnSockets.Own(11, 101), new OwnSockets.Own(99, 102),
                new OwnSockets.Own(13, 999), new OwnSockets.Own(0, 104)));
        assertEquals(Set.of(11L, 14L), marked(capture.read().getFirst()));
    }

    @Test
    void anotherNamespaceMayCountTheSameCookies() {
        WrittenCapture capture = WrittenCapture.begin(LITTLE_ENDIAN).snapshot(0);
        capture.write(new NetworkNamespace(1, 7, 2, "blue", List.of()));
        capture.dumpIn(1, "netlink", REQUEST, dump(socket(1, 21, 101)));
        capture.dump("netlink", REQUEST, dump(socket(1, 11, 101)));
        capture.write(own(capture, new OwnSockets.Own(0, 101)));
        assertEquals(Set.of(11L), marked(capture.read().getFirst()));
    }

    /** The recorder asks by netlink alone: a capture that names another socket hides nothing. */
    @Test
    void noOtherSocketIsTheRecorders() {
        WrittenCapture capture = WrittenCapture.begin(LITTLE_ENDIAN).snapshot(0);
        NlmsgBuilder tcp = DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 0xffffffffL);
        capture.dump("tcp4", tcp, new DumpBuilder()
                .add(InetDiagMsgBuilder.in(LITTLE_ENDIAN).inode(11).cookie(101).header(h -> h.seq(1)))
                .add(NlmsgBuilder.done(LITTLE_ENDIAN, 0).seq(1)).datagrams(32_768));
        capture.write(own(capture, new OwnSockets.Own(11, 101)));
        Snapshot snapshot = capture.read().getFirst();
        assertEquals(1, snapshot.dumps().getFirst().sockets());
        assertEquals(Set.of(), marked(snapshot));
    }

    @Test
    void inProcTheInodeDecides() {
        WrittenCapture capture = WrittenCapture.begin(LITTLE_ENDIAN).snapshot(0);
        capture.procText("/proc/net/netlink",
                ProcTextBuilder.netlink().netlink(4, 1, 0, 0, 0, 11).netlink(4, 2, 0, 0, 0, 12).toBytes());
        capture.write(own(capture, new OwnSockets.Own(11, 101)));
        assertEquals(Set.of(11L), marked(capture.read().getFirst()));
    }

    @Test
    void withoutTheRecordNothingIsMarked() {
        WrittenCapture capture = WrittenCapture.begin(LITTLE_ENDIAN).snapshot(0);
        capture.dump("netlink", REQUEST, dump(socket(1, 11, 101)));
        assertEquals(Set.of(), marked(capture.read().getFirst()));
    }

    @Test
    void nothingIsFoundAboutThem() {
        WrittenCapture capture = WrittenCapture.begin(LITTLE_ENDIAN);
        for (int i = 0; i < 5; i++) {
            capture.snapshot(i).dump("netlink", REQUEST, dump(socket(1, 11, 101), socket(2, 12, 102)));
            capture.write(own(capture, new OwnSockets.Own(11, 101)));
        }
        FindingsRun run = new FindingsRun(Thresholds.DEFAULT);
        capture.read().forEach(run::add);
        List<Long> inodes = run.finish().findings().stream().map(Finding::socket).map(r -> r.socket().inode()).toList();
        assertFalse(inodes.isEmpty(), "the same of another process is found");
        assertEquals(Set.of(12L), Set.copyOf(inodes));
    }
}
