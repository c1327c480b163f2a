package dev.sockreel.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks hostile names in the output of diff, history and peers. */
class PrintedTimelinesTest {
    private static final List<String> FORMATS = List.of("text", "json", "ndjson", "csv");
    private static final byte[] ESCAPES = "\0\u001b[31mred\u009b2J\u202e\r\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] FORMULA = "=cmd|' /C calc'!A0".getBytes(StandardCharsets.UTF_8);
    private static final byte[] QUOTED = "+a,\"b\"".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private static void isHarmless(CommandRun run) {
        run.exits(0).isPrintable();
        assertFalse(run.out().contains("\u009b") || run.out().contains("\u202e"), run.toString());
    }

    private static void runsNoFormula(CommandRun csv) {
        assertFalse(csv.out().lines().anyMatch(l -> l.matches("(.*,)?\"?[=+@\\t-].*")), csv.toString());
        assertTrue(csv.out().contains("'=cmd|"), csv.toString());
    }

    @Test
    void namesOfSocketsAndOwners() throws IOException {
        Path before = Captures.named("harm-a.reel", Captures.ALL_BUT_ICONS, "=\u001b]0;x\u0007", ESCAPES, FORMULA);
        Path after = Captures.named("harm-b.reel", Captures.ALL_BUT_ICONS, "+b", FORMULA, QUOTED, ESCAPES);
        for (String format : FORMATS) {
            isHarmless(CommandRun.of(before, "diff", after.toString(), "--same-boot", "--format", format));
            isHarmless(CommandRun.of(before, "history", "cookie:1", "--format", format));
            isHarmless(CommandRun.of(before, "peers", "cookie:1", "--format", format));
        }
        runsNoFormula(CommandRun.of(before, "diff", after.toString(), "--same-boot", "--format", "csv"));
        runsNoFormula(CommandRun.of(before, "peers", "cookie:2", "--format", "csv"));
        CommandRun several = CommandRun.of(before, "history", "state", "all").exits(2).isPrintable();
        assertTrue(several.err().contains("@\\x1b[31mred"), several.toString());
        CommandRun.of(before, "history", "path:\u001b[2J\n").exits(3).isPrintable().saysOnly(1);
        CommandRun.of(before, "peers", "\u001b[2J").exits(2).isPrintable();
    }

    /** Names of families come from the file: that of the later dump, which failed, is hostile. */
    @Test
    void namesOfFamilies() throws IOException {
        Path reel = folder.resolve("odd\u001b[2J.reel");
        ReceiveTime now = new ReceiveTime(1_800_000_000_000_000_000L, 1);
        byte[] request = DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 0xffffffffL).toBytes();
        byte[] dump = new DumpBuilder()
                .add(InetDiagMsgBuilder.in(LITTLE_ENDIAN).cookie(7).inode(9).header(h -> h.seq(1)).toBytes())
                .add(NlmsgBuilder.done(LITTLE_ENDIAN, 0).seq(1))
                .toBytes();
        try (CaptureWriter out = CaptureWriter.create(
                reel, new CaptureHeader(new UUID(1, 2), 0, now, LITTLE_ENDIAN, "a test"))) {
            for (int i = 0; i < 2; i++) {
                out.write(new SnapshotBegin(i, now));
                out.write(new NetworkNamespace(0, 1, 1, "", List.of()));
                out.write(new DumpBegin(i, i, 0, i == 0 ? "tcp4" : "t\u001b[2J\n", DumpBegin.VERBATIM, Origin.LIVE,
                        DumpBegin.KNOWS_ALL, 32768, now, request));
                if (i == 0) {
                    out.write(new Datagram(0, 0, 0, 0, dump.length, 0, now, Unpooled.wrappedBuffer(dump)));
                }
                out.write(new DumpEnd(i, i == 0 ? DumpEnd.Outcome.DONE : DumpEnd.Outcome.CALL_FAILED, i * 5, 1 - i,
                        "recvmsg\u001b[2J", now));
                out.write(new SnapshotEnd(i, 1, now));
            }
            out.finish();
        }
        for (String format : FORMATS) {
            CommandRun diff =
                    CommandRun.of(reel, "diff", "--from", "0", "--to", "1", "--format", format).exits(4).isPrintable();
            assertTrue(diff.out().contains("dump is failed"), diff.toString());
            CommandRun history = CommandRun.of(reel, "history", "7", "--format", format).exits(4).isPrintable();
            assertTrue(history.out().contains("dump is failed"), history.toString());
        }
    }
}
