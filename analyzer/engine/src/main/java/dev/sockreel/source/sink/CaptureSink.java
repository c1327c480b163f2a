package dev.sockreel.source.sink;

import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.nlmsg.SecretMask;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where an import writes to: numbers snapshots and dumps, and zeroes secrets before anything reaches the disk.
 */
public final class CaptureSink implements AutoCloseable {
    /** The one namespace of a source that names none. */
    private static final int NETNS = 0;

    private final Path out;
    private final boolean keepSecrets;
    private final LongConsumer progress;
    private final SecretMask mask = new SecretMask(Unpooled.EMPTY_BUFFER);
    private @Nullable CaptureWriter writer;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private int snapshot = -1;
    private int dump = -1;
    private int dumpsInSnapshot;
    /** Of each dump that has not ended, its datagrams so far. */
    private final Map<Integer, Integer> datagrams = new HashMap<>();
    private long secretBytes;
    private boolean snapshotOpen;

    public CaptureSink(Path out, boolean keepSecrets) {
        this(out, keepSecrets, bytes -> {});
    }

    /** @param progress is told now and then how many bytes of the source's file were read */
    public CaptureSink(Path out, boolean keepSecrets, LongConsumer progress) {
        this.out = out;
        this.keepSecrets = keepSecrets;
        this.progress = progress;
    }

    /** The source, as it is or compressed. */
    public InputStream open(Path source) throws IOException {
        return SourceStream.open(source, progress);
    }

    /**
     * First call of an import.
     *
     * @param order of the host that was captured
     */
    public void begin(ByteOrder order, String format, Path source, Map<String, String> facts) throws IOException {
        this.order = order;
        CaptureWriter w = CaptureWriter.create(
                out, new CaptureHeader(UUID.randomUUID(), 0, ReceiveTime.now(), order, "sockreel import"));
        writer = w;
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.put(HostEvidence.IMPORT_FORMAT, format);
        Path name = source.getFileName();
        all.put(HostEvidence.IMPORTED_FROM, name == null ? source.toString() : name.toString());
        w.write(new HostEvidence(all));
    }

    /** The next snapshot begins; the one before it ends, if it has not. */
    public void snapshot(ReceiveTime time) throws IOException {
        endSnapshot(time);
        snapshot++;
        snapshotOpen = true;
        dumpsInSnapshot = 0;
        write(new SnapshotBegin(snapshot, time));
        write(new NetworkNamespace(NETNS, 0, 0, "", List.of()));
    }

    public void endSnapshot(ReceiveTime time) throws IOException {
        if (snapshotOpen) {
            write(new SnapshotEnd(snapshot, dumpsInSnapshot, time));
            snapshotOpen = false;
        }
    }

    /** @return the dump's number, for what follows of it; several may be open at once */
    public int beginDump(String family, Origin origin, int knows, int bufferBytes, ReceiveTime time, byte[] request)
            throws IOException {
        return beginDump(family, origin, knows, bufferBytes, time, request, DumpBegin.NO_SOURCE_BYTE);
    }

    /** @param sourceByte where the dump begins in a source whose bytes its datagrams are, one after another */
    public int beginDump(
            String family, Origin origin, int knows, int bufferBytes, ReceiveTime time, byte[] request, long sourceByte)
            throws IOException {
        return beginDump(new DumpBegin(
                dump + 1, snapshot, NETNS, family, DumpBegin.VERBATIM, origin, knows, bufferBytes, time, request,
                sourceByte));
    }

    /** @param begin whose dump is {@link #nextDump}, of the current snapshot */
    public int beginDump(DumpBegin begin) throws IOException {
        dump = begin.dump();
        dumpsInSnapshot++;
        datagrams.put(dump, 0);
        write(begin);
        return dump;
    }

    public int nextDump() {
        return dump + 1;
    }

    /** @param data from index 0 to its readable bytes; secrets in it are zeroed in place */
    public void datagram(int dump, int msgFlags, long trueLength, ReceiveTime time, ByteBuf data) throws IOException {
        datagram(dump, 0, msgFlags, trueLength, 0, time, data);
    }

    /**
     * @param marks     a set of {@link Datagram#MASKED}, … that the source has already
     * @param senderPid 0: the kernel
     */
    public void datagram(
            int dump, int marks, int msgFlags, long trueLength, long senderPid, ReceiveTime time, ByteBuf data)
            throws IOException {
        int masked = keepSecrets ? 0 : mask.mask(data, data.readableBytes(), order);
        secretBytes += masked;
        int number = datagrams.merge(dump, 1, Integer::sum) - 1;
        int marked = masked > 0 ? marks | Datagram.MASKED : marks;
        write(new Datagram(dump, number, marked, msgFlags, trueLength, senderPid, time, data));
    }

    public void endDump(int dump, DumpEnd.Outcome outcome, int errno, ReceiveTime time) throws IOException {
        endDump(dump, outcome, errno, "", time);
    }

    public void endDump(int dump, DumpEnd.Outcome outcome, int errno, String operation, ReceiveTime time)
            throws IOException {
        Integer count = datagrams.remove(dump);
        write(new DumpEnd(dump, outcome, errno, count == null ? 0 : count, operation, time));
    }

    public void note(RecorderNote.Kind kind, long value, String text) throws IOException {
        note(-1, kind, value, text);
    }

    /** @param dump it concerns, which has not ended; -1 for none */
    public void note(int dump, RecorderNote.Kind kind, long value, String text) throws IOException {
        write(new RecorderNote(snapshot, dump, kind, value, ReceiveTime.NONE, text));
    }

    public void write(CaptureRecord record) throws IOException {
        writer().write(record);
    }

    public int snapshotIndex() {
        return snapshot;
    }

    public int dumps() {
        return dump + 1;
    }

    public int snapshots() {
        return snapshot + 1;
    }

    private CaptureWriter writer() {
        if (writer == null) {
            throw new IllegalStateException("the import has not begun");
        }
        return writer;
    }

    /** Ends the file on purpose. */
    public void finish(ReceiveTime time) throws IOException {
        if (secretBytes > 0) {
            note(RecorderNote.Kind.SECRETS_MASKED, secretBytes, secretBytes + " bytes of TCP-MD5 keys were zeroed");
        }
        endSnapshot(time);
        writer().finish();
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
