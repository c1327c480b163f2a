package dev.sockreel.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.NetlinkDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the recorder's own sockets count and are marked, and that nothing else is said about them. */
class RecorderSocketsTest {
    private static final int SNAPSHOTS = 4;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path reel = Path.of("");

    /** A netlink socket that stays with memory in use, and one of the recorder for each snapshot. */
    @BeforeEach
    void write() throws IOException {
        reel = folder.resolve("x.reel");
        try (CaptureWriter out = CaptureWriter.create(
                reel, new CaptureHeader(new UUID(1, 2), 0, at(0), LITTLE_ENDIAN, "a test"))) {
            for (int i = 0; i < SNAPSHOTS; i++) {
                out.write(new SnapshotBegin(i, at(i)));
                out.write(new NetworkNamespace(0, 4026531840L, 1, "", List.of()));
                byte[] bytes = new DumpBuilder().add(socket(77, 100, 50)).add(socket(4000 + i, 200 + i, 60 + i))
                        .add(NlmsgBuilder.done(LITTLE_ENDIAN, 0).seq(1)).toBytes();
                out.write(new DumpBegin(i, i, 0, "netlink", DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL,
                        32768, at(i), DiagRequest.netlink(LITTLE_ENDIAN, 255, 1).toBytes()));
                out.write(new Datagram(i, 0, 0, 0, bytes.length, 0, at(i), Unpooled.wrappedBuffer(bytes)));
                out.write(new DumpEnd(i, DumpEnd.Outcome.DONE, 0, 1, "", at(i)));
                out.write(new OwnSockets(i, 0, List.of(new OwnSockets.Own(200 + i, 60 + i))));
                out.write(new SnapshotEnd(i, 1, at(i)));
            }
            out.finish();
        }
    }

    private static ReceiveTime at(int seconds) {
        return new ReceiveTime((1_800_000_000L + seconds) * 1_000_000_000L, seconds * 1_000_000_000L);
    }

    private static NetlinkDiagMsgBuilder socket(long portid, long inode, long cookie) {
        return NetlinkDiagMsgBuilder.in(LITTLE_ENDIAN).protocol(4).portid(portid).inode(inode).cookie(cookie)
                .meminfo(4352, 212_992, 0, 212_992, 0, 0, 0, 0, 0).header(h -> h.seq(1));
    }

    @Test
    void showMarksThem() {
        List<String> marked = CommandRun.of(reel, "show").exits(0).out().lines()
                .filter(l -> l.contains("(recorder)")).toList();
        assertEquals(1, marked.size(), marked::toString);
        assertTrue(marked.getFirst().contains("4:4003"), marked::toString);
        List<Map<String, @Nullable Object>> rows =
                JsonTree.lines(CommandRun.of(reel, "show", "--format", "ndjson").exits(0).out());
        assertEquals(2, rows.size());
        assertEquals(true, rows.getLast().get("recorder"));
        assertFalse(rows.getFirst().containsKey("recorder"), "left out for the others");
        List<String> csv = CommandRun.of(reel, "show", "--format", "csv").exits(0).out().lines().toList();
        assertTrue(csv.get(0).matches(".*,recorder(,.*)?"), csv::toString);
    }

    @Test
    void aFilterChoosesThem() {
        for (String filter : List.of("recorder = true", "recorder != false", "not recorder = false")) {
            String own = CommandRun.of(reel, "show", filter).exits(0).out();
            assertTrue(own.contains("4:4003") && !own.contains("4:77"), own);
        }
        String others = CommandRun.of(reel, "show", "recorder = false").exits(0).out();
        assertTrue(others.contains("4:77") && !others.contains("4:4003"), others);
    }

    @Test
    void diffFindingsAndReportLeaveThemOut() throws IOException {
        assertTrue(CommandRun.of(reel, "diff").exits(0).out().contains("0 appeared, 0 gone"));
        assertEquals("", CommandRun.of(reel, "diff", "--format", "ndjson").exits(0).out());
        String findings = CommandRun.of(reel, "findings", "--sockets").exits(0).out();
        assertTrue(findings.contains("77") && !findings.contains("4:400"), findings);
        Path page = folder.resolve("x.html");
        CommandRun.of(reel, "report", "-o", page.toString()).exits(0);
        String html = Files.readString(page);
        assertTrue(html.contains("4:77") && !html.contains("4:400"), "the page has the other socket alone");
    }

    @Test
    void infoCountsThem() {
        String info = CommandRun.of(reel, "info").exits(0).out();
        assertTrue(info.contains("2 in snapshot 3"), info);
    }
}
