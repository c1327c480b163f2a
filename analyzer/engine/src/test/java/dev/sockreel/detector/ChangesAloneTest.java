package dev.sockreel.detector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.ChainWriter;
import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.Threads;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.fixtures.DiagMsgBuilder;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.verdict.WrittenCapture;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Findings are the same whether all sockets of a snapshot are looked at, or those to which something happened. */
class ChangesAloneTest {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final long ALL_STATES = 0xffffffffL;
    private static final int X86_64 = 62;
    private static final int CONNECT = 42;
    private static final NlmsgBuilder TCP4 =
            DiagRequest.inet(ORDER, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, ALL_STATES).seq(1);
    private static final NlmsgBuilder UNIX = DiagRequest.unix(ORDER, ALL_STATES, 0, 0x37, 0).seq(1);

    @TempDir
    private Path folder;

    private static Findings findings(Path file, boolean changesAlone) throws IOException {
        FindingsRun run = new FindingsRun(new Thresholds(3, Duration.ofSeconds(2)));
        int fromChanges = 0;
        try (SnapshotReader reader =
                changesAlone ? SnapshotReader.openToCompare(file) : SnapshotReader.open(file)) {
            Snapshot snapshot;
            while ((snapshot = reader.next()) != null) {
                run.add(snapshot);
                fromChanges += (int) snapshot.dumps().stream().filter(d -> d.changes() != null).count();
            }
        }
        assertEquals(changesAlone, fromChanges > 0, "dumps that say what they changed");
        return run.finish();
    }

    /** Writes the capture again as a recorder does, most snapshots predicted. */
    private Path predicted(Path file) throws IOException {
        Path to = folder.resolve("predicted-" + file.getFileName());
        try (CaptureReader in = CaptureReader.open(file)) {
            CaptureHeader header = (CaptureHeader) Objects.requireNonNull(in.next());
            try (ChainWriter out = new ChainWriter(CaptureWriter.create(to, header), header.orderOrLittleEndian())) {
                CaptureRecord record;
                while ((record = in.next()) != null) {
                    if (!(record instanceof CaptureClose)) {
                        out.write(record);
                    }
                }
                out.finish();
            }
        }
        return to;
    }

    private static List<String> text(Findings all) {
        List<String> lines = new ArrayList<>();
        all.findings().forEach(f -> lines.add(f.id() + " " + f.severity() + " " + f.certainty() + " "
                + f.socket().socket() + " " + f.why() + " " + f.evidence()));
        all.causes().forEach(c -> lines.add(c.id() + " " + c.sentence() + " " + c.sockets()));
        all.dumps().forEach(d -> lines.add(d.toString().replaceAll("group \\d+, record \\d+, ", "")));
        lines.add(all.last().toString());
        lines.add(all.coverage().toString());
        return lines;
    }

    private void areTheSame(Path file, String what) throws IOException {
        assertEquals(String.join("\n", text(findings(file, false))),
                String.join("\n", text(findings(predicted(file), true))), what);
    }

    @Test
    void ofTheLiveCapture() throws IOException {
        areTheSame(LiveCapture.reel(folder), "live");
    }

    private static void dump(
            WrittenCapture to, String family, NlmsgBuilder request, List<? extends DiagMsgBuilder<?>> sockets) {
        DumpBuilder messages = new DumpBuilder();
        sockets.forEach(s -> messages.add(s.header(h -> h.seq(1)).toBytes()));
        to.dump(family, request, messages.add(NlmsgBuilder.done(ORDER, 0).seq(1)).datagrams(4096));
    }

    /** A connection over the loopback device, of which each end may have data waiting. */
    private static final class Pair {
        final int port;
        final long cookie;
        long received;
        long unread;
        long unsent;
        long step;
        int ageMs;

        Pair(int port, long cookie) {
            this.port = port;
            this.cookie = cookie;
        }

        void goOn(Random random) {
            ageMs += 1000;
            if (random.nextInt(8) == 0) {
                step = random.nextInt(3) * 100L;
                unread = random.nextInt(3) * 500L;
                unsent = random.nextInt(3) * 700L;
                ageMs = random.nextInt(900);
            }
            received += step;
            unread += step;
        }

        InetDiagMsgBuilder reader() {
            return InetDiagMsgBuilder.in(ORDER).state(Uapi.TCP_ESTABLISHED).cookie(cookie).inode(1000 + cookie)
                    .local("127.0.0.1", 80).remote("127.0.0.1", port).queues(unread, 0).info(info());
        }

        InetDiagMsgBuilder writer() {
            return InetDiagMsgBuilder.in(ORDER).state(Uapi.TCP_ESTABLISHED).cookie(cookie + 1).inode(1001 + cookie)
                    .local("127.0.0.1", port).remote("127.0.0.1", 80).queues(0, unsent).info(info());
        }

        private TcpInfoBuilder info() {
            return TcpInfoBuilder.ofLength(232).set("tcpi_bytes_received", received).set("tcpi_last_data_recv", ageMs);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, 2000, 3000})
    void ofConnectionsThatComeAndGo(int firstSeed) throws IOException {
        for (int seed = firstSeed; seed < firstSeed + 40; seed++) {
            ofConnectionsThatComeAndGo(seed, 25);
        }
    }

    @Test
    void overMiddleKeys() throws IOException {
        for (int seed = 1; seed <= 3; seed++) {
            ofConnectionsThatComeAndGo(seed, 150);
        }
    }

    private void ofConnectionsThatComeAndGo(long seed, int snapshots) throws IOException {
        Random random = new Random(seed);
        WrittenCapture capture = WrittenCapture.begin(ORDER);
        List<Pair> pairs = new ArrayList<>();
        long nextCookie = 10;
        for (int snapshot = 0; snapshot < snapshots; snapshot++) {
            capture.snapshot(snapshot);
            pairs.forEach(p -> p.goOn(random));
            pairs.removeIf(p -> random.nextInt(40) == 0);
            while (pairs.size() < 20) {
                pairs.add(random.nextInt(pairs.size() + 1), new Pair(20_000 + (int) nextCookie, nextCookie));
                nextCookie += 2;
            }
            List<InetDiagMsgBuilder> sockets = new ArrayList<>();
            for (Pair p : pairs) {
                if (random.nextInt(60) > 0) { // else the kernel missed it
                    sockets.add(p.reader());
                }
                sockets.add(p.writer());
            }
            dump(capture, "tcp4", TCP4, sockets);
            if (snapshot % 3 == 0) {
                capture.owners(1, WrittenCapture.process(7, "reader", 'S', pairs.stream()
                        .mapToLong(p -> 1000 + p.cookie).limit(15).toArray()));
            }
        }
        Path file = capture.finish();
        areTheSame(file, "seed " + seed);
        assertTrue(findings(file, false).findings().size() > 1, () -> "seed " + seed + " finds nothing");
    }

    /** Nothing about the socket changes; what its holder does begins later. */
    @Test
    void ofAUnixSocketWhoseHolderBeginsToConnect() throws IOException {
        WrittenCapture capture = WrittenCapture.begin(ORDER);
        for (int snapshot = 0; snapshot < 8; snapshot++) {
            capture.snapshot(snapshot);
            dump(capture, "unix", UNIX, List.of(
                    UnixDiagMsgBuilder.in(ORDER).cookie(1).inode(500).state(Uapi.TCP_LISTEN).rqlen(2, 1)
                            .name("/run/full".getBytes(StandardCharsets.US_ASCII)),
                    UnixDiagMsgBuilder.in(ORDER).cookie(2).inode(501).state(Uapi.TCP_CLOSE).rqlen(0, 0)));
            capture.owners(0, WrittenCapture.startedAt(9, WrittenCapture.process(7, "caller", 'S', 501)));
            capture.write(new Processes(capture.index(), ReceiveTime.NONE, List.of(new Processes.Facts(
                    7, 9, 0, "root", 0, new byte[0], new byte[0], 0, X86_64))));
            int call = snapshot < 3 ? Threads.NO_CALL : CONNECT;
            capture.write(new Threads(capture.index(), ReceiveTime.NONE, 0, List.of(new Threads.Process(7, 0,
                    List.of(new Threads.Thread(7, 'S', call, 3, 0, "unix_wait_for_peer"))))));
        }
        Path file = capture.finish();
        assertTrue(findings(file, false).findings().stream().anyMatch(f -> f.id().equals("connect-hangs")),
                "the case is no case");
        areTheSame(file, "connect");
    }
}
