package dev.sockreel.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks how users see the time of owners' look-up, destroyed sockets, counters and namespaces. */
class OwnersTextTest {
    private static final long COOKIE = 42;
    private static final long INODE = 100;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path reel = Path.of("");

    /** Three snapshots 20 s apart; owners were looked up in the first, and the socket is destroyed before the third. */
    @BeforeEach
    void write() throws IOException {
        reel = folder.resolve("x.reel");
        try (CaptureWriter out = CaptureWriter.create(
                reel, new CaptureHeader(new UUID(1, 2), 0, at(0), LITTLE_ENDIAN, "a test"))) {
            for (int i = 0; i < 3; i++) {
                out.write(new SnapshotBegin(i, at(20 * i)));
                out.write(new NetworkNamespace(0, 4026531840L, 1, "web", List.of()));
                if (i == 2) {
                    byte[] gone = socket().state(7).inode(0).toBytes();
                    out.write(new ClosedSockets(i, 0, 0, 0, at(30), Unpooled.wrappedBuffer(gone)));
                }
                dump(out, i);
                counters(out, i);
                processes(out, i);
                out.write(new SnapshotEnd(i, 1, at(20 * i + 3)));
            }
            out.finish();
        }
    }

    /** Returns 08:00:00 UTC and some seconds. */
    private static ReceiveTime at(int seconds) {
        return new ReceiveTime((1_800_000_000L + seconds) * 1_000_000_000L, seconds * 1_000_000_000L);
    }

    private static InetDiagMsgBuilder socket() {
        return InetDiagMsgBuilder.in(LITTLE_ENDIAN).local("127.0.0.1", 80).remote("10.0.0.2", 5000)
                .cookie(COOKIE).inode(INODE).queues(9, 0).header(h -> h.seq(1));
    }

    private static void dump(CaptureWriter out, int snapshot) throws IOException {
        byte[] request = DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 0xffffffffL).toBytes();
        DumpBuilder dump = new DumpBuilder();
        if (snapshot < 2) {
            dump.add(socket().toBytes());
        }
        byte[] bytes = dump.add(NlmsgBuilder.done(LITTLE_ENDIAN, 0).seq(1)).toBytes();
        out.write(new DumpBegin(snapshot, snapshot, 0, "tcp4", DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL,
                32768, at(20 * snapshot), request));
        out.write(new Datagram(
                snapshot, 0, 0, 0, bytes.length, 0, at(20 * snapshot + 1), Unpooled.wrappedBuffer(bytes)));
        out.write(new DumpEnd(snapshot, DumpEnd.Outcome.DONE, 0, 1, "", at(20 * snapshot + 1)));
    }

    private static void counters(CaptureWriter out, int snapshot) throws IOException {
        byte[] text = ("TcpExt: ListenOverflows ListenDrops\nTcpExt: " + 7 * snapshot + " 5\n").getBytes(UTF_8);
        out.write(new ProcText(snapshot, 0, "/proc/net/netstat", ProcText.When.AFTER_DUMPS, 0, 0, true,
                at(20 * snapshot + 1), Unpooled.wrappedBuffer(text)));
    }

    private static void processes(CaptureWriter out, int snapshot) throws IOException {
        boolean whole = snapshot == 0;
        String stat = "7 (nginx) " + (whole ? "S" : "T") + " 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 500 0";
        Owners.Holder holder = new Owners.Holder(7, "nginx".getBytes(UTF_8), stat.getBytes(UTF_8), new byte[0],
                whole ? new int[] {3} : new int[0], whole ? new long[] {INODE} : new long[0]);
        ReceiveTime now = at(20 * snapshot + 2);
        out.write(new Owners(snapshot, whole, 0, true, now, now, 1, 0, 0, List.of(holder)));
        if (whole) {
            out.write(new Processes(snapshot, now, List.of(new Processes.Facts(
                    7, 500, 33, "www", 0, "nginx\0-g\0daemon off;\0".getBytes(UTF_8),
                    "0::/system.slice/nginx.service\n".getBytes(UTF_8), 4026531840L, 62))));
            out.write(new HostNamespaces(snapshot, now, 0, List.of(
                    new HostNamespaces.Namespace(4026531840L, 9, "", 1, "init"),
                    new HostNamespaces.Namespace(5, 3, "", 812, "redis"))));
        }
    }

    @Test
    void theLookUpIsDatedWhereItIsOlder() {
        assertFalse(CommandRun.of(reel, "show", "--snapshot", "0").exits(0).out().contains("as of"));
        CommandRun show = CommandRun.of(reel, "show", "--snapshot", "1").exits(0);
        assertTrue(show.out().contains("nginx/7 stopped (as of 08:00:02)"), show.toString());
        CommandRun peers = CommandRun.of(reel, "peers", "42").exits(0);
        assertTrue(peers.out().contains("nginx pid 7 fd 3 state T (holders as of 08:00:02)"), peers.toString());
        CommandRun ss = CommandRun.of(reel, "ss", "-tnp", "--snapshot", "1").exits(0);
        assertTrue(ss.out().contains("users:((\"nginx\",pid=7,fd=3))"), ss.toString());
        assertTrue(ss.err().contains("-p: owners are those of snapshot 0, as of 2027-01-15T08:00:02.000000000Z"),
                ss.toString());
        CommandRun first = CommandRun.of(reel, "ss", "-tnp", "--snapshot", "0").exits(0);
        assertFalse(first.err().contains("-p:"), first.toString());
    }

    @Test
    void aHistoryEndsWithTheSocketsEnd() {
        for (int i = 0; i < 2; i++) { // computed, then from the cache
            CommandRun history = CommandRun.of(reel, "history", "42").exits(0);
            assertTrue(history.out().contains("holders in snapshot 1 as of 08:00:02\n"), history.toString());
            assertTrue(history.out().endsWith("destroyed at 2027-01-15T08:00:30.000000000Z,"
                    + " 9 bytes unread discarded (an unread EOF counts 1)\n"), history.toString());
        }
    }

    @Test
    void infoCountsThem() {
        CommandRun info = CommandRun.of(reel, "info").exits(0);
        String text = info.out().replaceAll("\\s+", " ");
        assertTrue(text.contains("owners looked up in 1 of 3 snapshots; those of the others are up to 38.0 s old"),
                info.toString());
        assertTrue(text.contains("closed sockets 1 destroyed between snapshots, 1 of them with 9 bytes unread in all"
                + " (an unread EOF counts 1)"), info.toString());
        assertTrue(text.contains("counters that grew: TcpExt.ListenOverflows +14 "), info.toString());
        String unseen = "1 other network namespace with 3 processes was not recorded: the sockets of redis (pid 812)"
                + " are not shown.";
        assertTrue(text.contains(unseen + " Record with --netns all."), info.toString());
        String findings = CommandRun.of(reel, "findings").exits(0).out().replaceAll("\\s+", " ");
        assertTrue(findings.contains(unseen), findings);
    }

    @Test
    void infoHasThemAsJson() {
        Map<String, @Nullable Object> info =
                JsonTree.asObjects(JsonTree.parse(CommandRun.of(reel, "info", "--format", "json").exits(0).out()))
                        .getFirst();
        assertEquals(Map.of("lookUps", 1L, "carriedOver", 2L, "maxAgeSeconds", 38.0), info.get("owners"));
        assertEquals(Map.of("sockets", 1L, "withUnread", 1L, "discardedBytes", 9L), info.get("closedSockets"));
        assertEquals(List.of(Map.of("netns", 4026531840L, "name", "TcpExt.ListenOverflows", "growth", 14L)),
                info.get("grownCounters"));
    }

    @Test
    void aSocketsJsonHasTheProcess() {
        Map<String, @Nullable Object> row = JsonTree.lines(
                CommandRun.of(reel, "show", "--snapshot", "1", "--format", "ndjson").exits(0).out()).getFirst();
        assertEquals("web", row.get("netnsName"));
        assertEquals("nginx", row.get("comm"));
        Map<String, @Nullable Object> owner = JsonTree.asObjects(row.get("owners")).getFirst();
        assertEquals("T", owner.get("state"));
        assertEquals("2027-01-15T08:00:02.000000000Z", owner.get("asOf"));
        assertEquals("nginx -g 'daemon off;'", owner.get("cmdline"));
        assertEquals("www", owner.get("user"));
        assertEquals("nginx.service", owner.get("unit"));
        assertEquals("/system.slice/nginx.service", owner.get("cgroup"));
        assertTrue(owner.containsKey("container") && owner.get("container") == null, owner.toString());
        assertTrue(owner.containsKey("started") && owner.get("started") == null, "the boot time is not known");
        assertFalse(owner.containsKey("threads") || owner.containsKey("cmdlineRemark"), owner.toString());
        CommandRun.of(reel, "show", "--snapshot", "1", "comm = nginx").exits(0);
        CommandRun unit = CommandRun.of(reel, "show", "--snapshot", "1", "owners.unit = nginx.service").exits(0);
        assertTrue(unit.out().contains("nginx/7"), unit.toString());
    }
}
