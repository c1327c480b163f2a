package dev.sockreel.benchmarks;

import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.fixtures.DiagMsgBuilder;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A capture file in the making: snapshots a second apart, whose dumps hold sockets made of the kernel's structs. */
final class CountedReel {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final int DATAGRAM_BYTES = 32_768;
    private static final long EPOCH_NS = 1_800_000_000_000_000_000L;
    private static final long INODE = 4_026_531_840L;

    private final Path file;
    private final CaptureWriter writer;
    private int snapshot = -1;
    private int dump = -1;
    private int dumpsInSnapshot;

    private CountedReel(Path file, CaptureWriter writer) {
        this.file = file;
        this.writer = writer;
    }

    static CountedReel begin(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        CaptureWriter writer = CaptureWriter.create(file, new CaptureHeader(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)), 0, at(0), ORDER,
                "a benchmark"));
        return new CountedReel(file, writer)
                .write(new HostEvidence(Map.of(HostEvidence.BOOT_ID, "5a8ff9c7-0d36-44d2-97a2-4f5c5d4e11aa")));
    }

    static ReceiveTime at(int second) {
        return new ReceiveTime(EPOCH_NS + second * 1_000_000_000L, second * 1_000_000_000L);
    }

    CountedReel write(CaptureRecord record) throws IOException {
        writer.write(record);
        return this;
    }

    ReceiveTime now() {
        return at(Math.max(0, snapshot));
    }

    int snapshot() {
        return snapshot;
    }

    /** Begins a snapshot with the namespace 0. */
    CountedReel begin() throws IOException {
        dumpsInSnapshot = 0;
        snapshot++;
        return write(new SnapshotBegin(snapshot, now())).netns(0);
    }

    CountedReel netns(int number) throws IOException {
        return write(new NetworkNamespace(number, INODE + number, 1 + number, "", List.of()));
    }

    CountedReel end() throws IOException {
        return write(new SnapshotEnd(snapshot, dumpsInSnapshot, now()));
    }

    /** Adds a whole dump of namespace 0. */
    CountedReel dump(String family, NlmsgBuilder request, Stream<? extends DiagMsgBuilder<?>> sockets)
            throws IOException {
        return dump(0, family, request, sockets);
    }

    CountedReel dump(int netns, String family, NlmsgBuilder request, Stream<? extends DiagMsgBuilder<?>> sockets)
            throws IOException {
        DumpBuilder built = new DumpBuilder();
        sockets.forEach(built::add);
        return datagrams(netns, family, request, built.add(NlmsgBuilder.done(ORDER, 0)).datagrams(DATAGRAM_BYTES));
    }

    CountedReel datagrams(int netns, String family, NlmsgBuilder request, List<byte[]> datagrams) throws IOException {
        beginDump(netns, family, request);
        int number = 0;
        for (byte[] datagram : datagrams) {
            write(new Datagram(dump, number++, 0, 0, datagram.length, 0, now(), Unpooled.wrappedBuffer(datagram)));
        }
        return write(new DumpEnd(dump, DumpEnd.Outcome.DONE, 0, number, "", now()));
    }

    /** Begins a dump and returns its number. */
    int beginDump(int netns, String family, NlmsgBuilder request) throws IOException {
        dumpsInSnapshot++;
        write(new DumpBegin(++dump, snapshot, netns, family, DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL,
                DATAGRAM_BYTES, now(), request.toBytes()));
        return dump;
    }

    /** Finishes the file. */
    Path close() throws IOException {
        writer.finish();
        writer.close();
        return file;
    }
}
