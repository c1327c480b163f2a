package dev.sockreel.source.sink;

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
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.MaskedBytes;
import dev.sockreel.nlmsg.SecretMask;
import dev.sockreel.output.WholeFile;
import dev.sockreel.reading.SnapshotLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the capture of an import: numbers snapshots and dumps, and zeroes secrets before anything reaches the disk.
 */
public final class CaptureSink implements AutoCloseable {
    /** The only namespace of a source that names none. */
    private static final int NETNS = 0;
    /** Limit for snapshots: of a day, eleven a second. */
    private static final int MAX_SNAPSHOTS = 1_000_000;

    private final Path out;
    private final boolean force;
    private final boolean keepSecrets;
    private final @Nullable ByteOrder given;
    private final LongConsumer progress;
    private final SecretMask mask = new SecretMask(Unpooled.EMPTY_BUFFER);
    private @Nullable WholeFile file;
    private @Nullable CaptureWriter writer;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private int snapshot = -1;
    private int dump = -1;
    private int dumpsInSnapshot;
    /** Number of datagrams so far of each dump that has not ended. */
    private final Map<Integer, Integer> datagrams = new HashMap<>();
    /** The families of these dumps, null for one that is not in the table. */
    private final Map<Integer, @Nullable Family> families = new HashMap<>();
    private MaskedBytes masked = MaskedBytes.NONE;
    private boolean snapshotOpen;
    private SnapshotLimits memory = SnapshotLimits.ofHeap();
    private @Nullable Path source;

    public CaptureSink(Path out, boolean keepSecrets) {
        this(out, false, keepSecrets, null, bytes -> {});
    }

    /**
     * Creates a sink that reports how much of the source was read.
     *
     * @param force    whether a file that is not empty is replaced
     * @param given    byte order that the user named; null for none
     * @param progress receives from time to time the number of bytes read from the source's file
     */
    public CaptureSink(
            Path out, boolean force, boolean keepSecrets, @Nullable ByteOrder given, LongConsumer progress) {
        this.out = out;
        this.force = force;
        this.keepSecrets = keepSecrets;
        this.given = given;
        this.progress = progress;
    }

    /** Opens the source, decompressing it if needed. */
    public InputStream open(Path source) throws IOException {
        return SourceStream.open(source, progress);
    }

    /**
     * Begins the capture of a source whose messages show their byte order; the first call of an import.
     *
     * @param order byte order of the captured host
     * @throws SourceException when the user named the other order
     */
    public void begin(ByteOrder order, String format, Path source, Map<String, String> facts) throws IOException {
        if (given != null && given != order) {
            throw new SourceException(
                    "%s is from a %s-endian host by its first message, so --byte-order %s does not fit it"
                            .formatted(source, nameOf(order), nameOf(given)));
        }
        write(order, format, source, facts);
    }

    /**
     * Begins the capture of a source that does not state its byte order.
     *
     * @param found the order that the source shows; null for none, then the one that the user named counts, or
     *              little-endian is assumed
     * @return what to report about the order; empty for nothing
     */
    public String beginUnstated(@Nullable ByteOrder found, String format, Path source, Map<String, String> facts)
            throws IOException {
        ByteOrder used = given != null ? given : found != null ? found : ByteOrder.LITTLE_ENDIAN;
        Map<String, String> all = new LinkedHashMap<>(facts);
        if (given != null) {
            all.put(HostEvidence.BYTE_ORDER_BASIS, HostEvidence.GIVEN);
        } else if (found == null) {
            all.put(HostEvidence.BYTE_ORDER_BASIS, HostEvidence.ASSUMED);
        }
        write(used, format, source, all);
        if (given != null) {
            return found == null || found == given ? ""
                    : "addresses or the machine's name show a %s-endian host, but --byte-order %s was given".formatted(
                            nameOf(found), nameOf(given));
        }
        return found != null ? ""
                : "neither a loopback address nor the machine's name shows the byte order; little-endian is assumed,"
                        + " and if that is wrong, every address is reversed (--byte-order big settles it)";
    }

    private static String nameOf(ByteOrder order) {
        return order == ByteOrder.LITTLE_ENDIAN ? "little" : "big";
    }

    private void write(ByteOrder order, String format, Path source, Map<String, String> facts) throws IOException {
        this.order = order;
        this.source = source;
        file = WholeFile.create(out, force);
        CaptureWriter w = CaptureWriter.into(
                file, new CaptureHeader(UUID.randomUUID(), 0, ReceiveTime.now(), order, "sockreel import"));
        writer = w;
        Map<String, String> all = new LinkedHashMap<>(facts);
        all.put(HostEvidence.IMPORT_FORMAT, format);
        Path name = source.getFileName();
        all.put(HostEvidence.IMPORTED_FROM, name == null ? source.toString() : name.toString());
        w.write(new HostEvidence(all));
    }

    /** Begins the next snapshot and ends the one before, if it is still open. */
    public void snapshot(ReceiveTime time) throws IOException {
        endSnapshot(time);
        if (++snapshot == MAX_SNAPSHOTS) {
            throw new SourceException("%s has more than %,d snapshots: divide it and import the parts".formatted(
                    source, MAX_SNAPSHOTS));
        }
        snapshotOpen = true;
        memory = SnapshotLimits.ofHeap();
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

    /**
     * Begins a dump; several may be open at once.
     *
     * @return the dump's number, for its further records
     */
    public int beginDump(String family, Origin origin, int knows, int bufferBytes, ReceiveTime time, byte[] request)
            throws IOException {
        return beginDump(family, origin, knows, bufferBytes, time, request, DumpBegin.NO_SOURCE_BYTE);
    }

    /**
     * Begins a dump whose datagrams are consecutive bytes of the source.
     *
     * @param sourceByte offset of the dump in the source
     */
    public int beginDump(
            String family, Origin origin, int knows, int bufferBytes, ReceiveTime time, byte[] request, long sourceByte)
            throws IOException {
        return beginDump(new DumpBegin(
                dump + 1, snapshot, NETNS, family, DumpBegin.VERBATIM, origin, knows, bufferBytes, time, request,
                sourceByte));
    }

    /**
     * Begins a dump, and zeroes in the request what is none.
     *
     * @param begin its dump number is {@link #nextDump}, its snapshot the current one
     */
    public int beginDump(DumpBegin begin) throws IOException {
        dump = begin.dump();
        dumpsInSnapshot++;
        datagrams.put(dump, 0);
        families.put(dump, Family.ofIdOrKind(begin.family()));
        byte[] request = begin.request().clone();
        if (!keepSecrets && mask.maskRequest(request, order) > 0) {
            masked = masked.plus(mask.last());
            write(begin.withRequest(request));
        } else {
            write(begin);
        }
        return dump;
    }

    public int nextDump() {
        return dump + 1;
    }

    /**
     * Writes a datagram from the kernel.
     *
     * @param data from index 0; secrets in it are zeroed in place
     */
    public void datagram(int dump, int msgFlags, long trueLength, ReceiveTime time, ByteBuf data) throws IOException {
        datagram(dump, 0, msgFlags, trueLength, 0, time, data);
    }

    /**
     * Writes a datagram.
     *
     * @param marks     marks such as {@link Datagram#MASKED} that the source already has
     * @param senderPid 0: the kernel
     */
    public void datagram(
            int dump, int marks, int msgFlags, long trueLength, long senderPid, ReceiveTime time, ByteBuf data)
            throws IOException {
        int marked = marks;
        if (!keepSecrets && mask.mask(data, data.readableBytes(), order, families.get(dump)) > 0) {
            masked = masked.plus(mask.last());
            marked |= Datagram.MASKED;
        }
        int number = datagrams.merge(dump, 1, Integer::sum) - 1;
        write(new Datagram(dump, number, marked, msgFlags, trueLength, senderPid, time, data));
    }

    public void endDump(int dump, DumpEnd.Outcome outcome, int errno, ReceiveTime time) throws IOException {
        endDump(dump, outcome, errno, "", time);
    }

    public void endDump(int dump, DumpEnd.Outcome outcome, int errno, String operation, ReceiveTime time)
            throws IOException {
        Integer count = datagrams.remove(dump);
        families.remove(dump);
        write(new DumpEnd(dump, outcome, errno, count == null ? 0 : count, operation, time));
    }

    public void note(RecorderNote.Kind kind, long value, String text) throws IOException {
        note(-1, kind, value, text);
    }

    /**
     * Writes a note.
     *
     * @param dump the open dump that it concerns; -1 for none
     */
    public void note(int dump, RecorderNote.Kind kind, long value, String text) throws IOException {
        write(new RecorderNote(snapshot, dump, kind, value, ReceiveTime.NONE, text));
    }

    /** @throws SourceException if the snapshot gets so large that it could not be read */
    public void write(CaptureRecord record) throws IOException {
        if (!memory.hold(record)) {
            throw new SourceException("%s: %s; with a larger one it can be imported: %s".formatted(
                    source, memory.largerThanLimit(snapshot), SnapshotLimits.largerHeap()));
        }
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

    /**
     * Ends the capture and gives the file its name; without this call nothing of it stays. The report becomes part of
     * the capture.
     *
     * @param messages as of {@link ImportReport}
     * @param damages  as of {@link ImportReport}
     */
    public ImportReport finish(ReceiveTime time, List<String> messages, List<String> damages) throws IOException {
        List<String> allDamages = new ArrayList<>(damages);
        if (masked.all() > 0) {
            note(RecorderNote.Kind.SECRETS_MASKED, masked.all(), masked.sentence());
        }
        if (masked.unreadable() > 0) {
            allDamages.add(new MaskedBytes(0, 0, masked.unreadable()).sentence() + "; --keep-secrets stores them");
        }
        endSnapshot(time);
        ImportReport report = new ImportReport(snapshots(), dumps(), messages, allDamages);
        for (String sentence : report.all()) {
            write(new RecorderNote(-1, -1, RecorderNote.Kind.IMPORT_REPORT, 0, ReceiveTime.NONE, sentence));
        }
        writer().finish();
        Objects.requireNonNull(file).finish();
        return report;
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
        if (file != null) {
            file.close();
        }
    }
}
