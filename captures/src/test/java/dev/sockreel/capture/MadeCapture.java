package dev.sockreel.capture;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.capture.chain.KeyPolicy;
import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.Origin;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.series.MadeSeries;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The records of a made capture: two namespaces whose dumps interleave, sockets that age, change, come and go, and now
 * and then whatever a recorder may meet besides.
 */
final class MadeCapture {
    private static final long SECOND_NS = 1_000_000_000;

    private final Random random;
    private final MadeSeries blue;
    private final MadeSeries green;
    private final int sockets;
    /** True for captures in which dumps have no end, two of one series are open at once, and the like. */
    private final boolean odd;
    private final List<CaptureRecord> records = new ArrayList<>();
    private int snapshot;
    private int dump;
    private int dumps;

    private MadeCapture(long seed, int sockets, boolean odd) {
        this.random = new Random(seed);
        this.sockets = sockets;
        this.odd = odd;
        blue = new MadeSeries(seed, ByteOrder.LITTLE_ENDIAN);
        green = new MadeSeries(seed + 1, ByteOrder.LITTLE_ENDIAN);
        blue.addAll(sockets);
        green.addAll(sockets / 2 + 1);
    }

    /** Returns the records of a capture behind its header. */
    static List<CaptureRecord> records(long seed, int snapshots, int sockets, boolean odd) {
        MadeCapture made = new MadeCapture(seed, sockets, odd);
        made.records.add(SampleRecords.host());
        for (int i = 0; i < snapshots; i++) {
            made.snapshot();
        }
        return made.records;
    }

    /** Writes a closed capture, most of whose snapshots are predicted. */
    static Path write(Path folder, List<CaptureRecord> records, KeyPolicy policy, long limitBytes) throws IOException {
        Path path = folder.resolve("made-" + System.nanoTime() + ".reel");
        try (ChainWriter out = new ChainWriter(CaptureWriter.create(path, SampleRecords.header(0)),
                ByteOrder.LITTLE_ENDIAN, limitBytes, policy)) {
            for (CaptureRecord record : records) {
                out.write(record);
            }
            out.finish();
        }
        return path;
    }

    static Path write(Path folder, List<CaptureRecord> records) throws IOException {
        return write(folder, records, new KeyPolicy(), 1 << 28);
    }

    /** Returns all records of a capture. */
    static List<CaptureRecord> read(Path path) throws IOException {
        List<CaptureRecord> all = new ArrayList<>();
        try (CaptureReader in = CaptureReader.open(path)) {
            for (CaptureRecord record = in.next(); record != null; record = in.next()) {
                all.add(record);
            }
            if (!in.isWhole()) {
                throw new AssertionError(in.damages().toString());
            }
        }
        return all;
    }

    /** Returns records as text: the datagrams of each dump, in their order, stand where the dump begins. */
    static List<String> shown(List<CaptureRecord> records) {
        List<String> shown = new ArrayList<>();
        for (CaptureRecord record : records) {
            if (!(record instanceof Datagram) && !(record instanceof CaptureClose)) {
                shown.add(SampleRecords.show(record));
            }
            if (record instanceof DumpBegin begin) {
                for (CaptureRecord other : records) {
                    if (other instanceof Datagram d && d.dump() == begin.dump()) {
                        shown.add(SampleRecords.show(d));
                    }
                }
            }
        }
        return shown;
    }

    private ReceiveTime now(int ms) {
        return SampleRecords.time(snapshot * SECOND_NS + ms * 1_000_000L + random.nextInt(1000) * 1000);
    }

    private void snapshot() {
        dumps = 0;
        if (snapshot > 0) {
            change(blue);
            change(green);
        }
        if (odd && random.nextInt(5) == 0) {
            records.add(new RecorderNote(snapshot, -1, RecorderNote.Kind.MISSED_TICKS, 1, now(0), "one tick passed"));
        }
        records.add(new SnapshotBegin(snapshot, now(0)));
        records.add(namespace(1, "blue"));
        records.add(namespace(2, "green"));
        records.add(
                proc(1, "sockets: used " + (100 + snapshot) + "\nTCP: inuse 7 orphan 0 mem " + snapshot % 3 + "\n"));
        interleaved();
        if (!odd || random.nextInt(3) > 0) {
            simple(1, "unix", List.of());
        }
        if (odd) {
            oddDumps();
        }
        records.add(SampleRecords.owners(snapshot));
        records.add(new OwnSockets(snapshot, 1, List.of(new OwnSockets.Own(500 + snapshot, 900 + 2L * snapshot))));
        if (!odd || random.nextInt(12) > 0) {
            records.add(new SnapshotEnd(snapshot, dumps, now(90)));
            if (odd && random.nextInt(3) == 0) {
                records.add(new ClosedSockets(snapshot, 1, 1, 0, now(95), Unpooled.wrappedBuffer(new byte[] {5, 4})));
            }
        }
        snapshot++;
    }

    private void change(MadeSeries series) {
        series.age(1000);
        for (int i = random.nextInt(3); i > 0; i--) {
            series.touch(random.nextInt(series.messages.size()));
        }
        if (random.nextInt(3) == 0) {
            series.messages.remove(random.nextInt(series.messages.size()));
            series.add(random.nextInt(series.messages.size() + 1), MadeSeries.WORDS);
        }
        if (odd && random.nextInt(4) == 0) {
            series.shake(3);
        }
        if (series.messages.size() < 2) {
            series.addAll(sockets);
        }
    }

    private static NetworkNamespace namespace(int number, String name) {
        return new NetworkNamespace(number, 4_026_531_840L + number, number, name,
                List.of(new NetworkNamespace.Interface(1, "lo")));
    }

    private ProcText proc(int netns, String text) {
        return new ProcText(snapshot, netns, "/proc/net/sockstat", ProcText.When.BEFORE_DUMPS, 0, 0, true, now(1),
                Unpooled.wrappedBuffer(text.getBytes(UTF_8)));
    }

    private int begin(int netns, String family) {
        dumps++;
        records.add(new DumpBegin(dump, snapshot, netns, family, DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL,
                32_768, now(2), new byte[] {76, 0, 0, 0, 20, 0, 1, 3, (byte) dump, 0, 0, 0, 0, 0, 0, 0, 2, 6}));
        return dump++;
    }

    private void end(int number, int datagrams) {
        records.add(new DumpEnd(number, DumpEnd.Outcome.DONE, 0, datagrams, "", now(40)));
    }

    private static List<Datagram> numbered(List<Datagram> datagrams, int dump) {
        List<Datagram> all = new ArrayList<>();
        for (Datagram d : datagrams) {
            all.add(new Datagram(dump, all.size(), d.marks(), d.msgFlags(), d.trueLength(), d.senderPid(), d.time(),
                    d.data()));
        }
        return all;
    }

    private void interleaved() {
        int first = begin(1, "tcp4");
        int second = begin(2, "tcp4");
        List<Datagram> ofFirst = numbered(odd && random.nextInt(3) == 0 ? blue.oddDump() : blue.dump(), first);
        List<Datagram> ofSecond = numbered(green.dump(), second);
        for (int i = 0; i < Math.max(ofFirst.size(), ofSecond.size()); i++) {
            records.addAll(ofFirst.subList(Math.min(i, ofFirst.size()), Math.min(i + 1, ofFirst.size())));
            records.addAll(ofSecond.subList(Math.min(i, ofSecond.size()), Math.min(i + 1, ofSecond.size())));
        }
        end(second, ofSecond.size());
        if (!odd || random.nextInt(8) > 0) {
            end(first, ofFirst.size());
        }
    }

    private void simple(int netns, String family, List<Datagram> datagrams) {
        int number = begin(netns, family);
        records.addAll(numbered(datagrams, number));
        end(number, datagrams.size());
    }

    /** Two dumps of one series that are open at once, a dump of a new kind, and a note within. */
    private void oddDumps() {
        if (random.nextInt(3) == 0) {
            int first = begin(2, "udp4");
            int second = begin(2, "udp4");
            List<Datagram> ofFirst = numbered(green.dump(), first);
            List<Datagram> ofSecond = numbered(green.dump(), second);
            records.addAll(ofSecond);
            records.addAll(ofFirst);
            end(first, ofFirst.size());
            end(second, ofSecond.size());
        }
        if (random.nextInt(5) == 0) {
            simple(1, "kind" + random.nextInt(3), blue.oddDump());
        }
        records.add(new RecorderNote(snapshot, dump - 1, RecorderNote.Kind.RECEIVER_WAITED, random.nextInt(1000),
                now(50), "waited"));
    }
}
