package dev.sockreel.reading;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.Damage;
import dev.sockreel.capture.GroupEntry;
import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.capture.record.SnapshotPart;
import dev.sockreel.capture.record.Threads;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import dev.sockreel.snapshot.OwnerTable;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.verdict.DumpChecks;
import dev.sockreel.verdict.Listings;
import dev.sockreel.verdict.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the snapshots of a capture one after another and judges each by those before and after it. Memory: the
 * datagrams of two snapshots (about 500 bytes a tcp socket, 100 a unix one; of three while they are small), the cookies
 * of two more, and the owners of the last scan.
 */
public final class SnapshotReader implements AutoCloseable {
    private static final CaptureHeader NO_HEADER =
            new CaptureHeader(new UUID(0, 0), 0, ReceiveTime.NONE, null, "unknown (the header is damaged)");

    /** The number of snapshots on each side that a snapshot is judged by. */
    static final int NEIGHBOURS = 2;
    /**
     * Limit for the datagrams of snapshots read ahead. Beyond it, only one later snapshot is read, however large it is.
     */
    private static final long MAX_BYTES_AHEAD = 64L << 20;

    /** The part of the heap for a snapshot. Two are held at a time; the rest is for what a command makes of them. */
    static final int HEAP_SHARE = 3;

    private final CaptureReader records;
    private final DumpContents contents;
    private final long maxBytesHeld;
    private CaptureHeader header = NO_HEADER;
    private HostEvidence host = new HostEvidence(Map.of());
    private OwnerTable owners = OwnerTable.NONE;
    private final ProcTexts texts = new ProcTexts();
    /** The last snapshot read, which is also the one returned last or ahead. */
    private @Nullable Snapshot previous;
    private @Nullable CaptureRecord waiting;
    private final LooseRecords loose;
    /** Snapshots read but not yet returned, in the order of the file. */
    private final Deque<Snapshot> ahead = new ArrayDeque<>();
    /** Cookies of the snapshots returned before, the nearest first. */
    private final Deque<Listings> before = new ArrayDeque<>();
    private SnapshotLimits limits;
    /** The reason for which the first snapshot was passed over; null for none. */
    private @Nullable String tooLarge;
    private int damagesSeen;
    private @Nullable Fault unlisted;
    /** The host's namespaces as last listed. */
    private List<HostNamespaces> namespaces = List.of();
    private boolean ownersSettled;

    public SnapshotReader(CaptureReader records) {
        this(records, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
    }

    /** @param maxBytesHeld the memory that a snapshot may take */
    SnapshotReader(CaptureReader records, long maxBytesHeld) {
        this.records = records;
        this.contents = new DumpContents(records);
        this.loose = new LooseRecords(records::passedOver);
        this.maxBytesHeld = maxBytesHeld;
        this.limits = new SnapshotLimits(maxBytesHeld);
    }

    public static SnapshotReader open(Path path) throws IOException {
        return new SnapshotReader(CaptureReader.open(path));
    }

    /**
     * Opens a capture whose snapshots are looked at one after another: what did not change from one to the next is not
     * examined again, and each dump says what did.
     */
    public static SnapshotReader openToCompare(Path path) throws IOException {
        return new SnapshotReader(CaptureReader.openWithViews(path));
    }

    /**
     * Returns the next snapshot, or null at the end; then {@link #capture()} shows how the file ended and what was
     * damaged.
     */
    public @Nullable Snapshot next() throws IOException {
        readAhead(1);
        Snapshot current = ahead.poll();
        if (current == null) {
            return null;
        }
        readAhead(NEIGHBOURS);
        List<Listings> after = ahead.stream().map(Listings::of).toList();
        Snapshot judged = DumpChecks.judge(new Surroundings(List.copyOf(before), current, after));
        before.addFirst(Listings.of(current));
        if (before.size() > NEIGHBOURS) {
            before.removeLast();
        }
        return judged;
    }

    private void readAhead(int snapshots) throws IOException {
        while (ahead.size() < snapshots && (ahead.isEmpty() || bytesAhead() < MAX_BYTES_AHEAD)) {
            Snapshot next = assemble();
            if (next == null) {
                return;
            }
            ahead.add(next);
        }
    }

    private long bytesAhead() {
        return ahead.stream()
                .flatMap(s -> s.dumps().stream())
                .mapToLong(Dump::ownBytes)
                .sum();
    }

    /** Reads the next snapshot that memory has room for. */
    private @Nullable Snapshot assemble() throws IOException {
        while (true) {
            CaptureRecord first = firstOfSnapshot();
            if (first == null) {
                requireSnapshots();
                return null;
            }
            Snapshot next = assemble(begin(first));
            if (next != null) {
                return next;
            }
        }
    }

    /** @throws IOException if every snapshot was passed over */
    private void requireSnapshots() throws IOException {
        if (tooLarge != null && previous == null && before.isEmpty()) {
            throw new IOException(records.path() + ": " + tooLarge);
        }
    }

    /** Returns null when the snapshot is too large; its records are read then, but not kept. */
    private @Nullable Snapshot assemble(SnapshotBuilder builder) throws IOException {
        SnapshotLimits memory = limits;
        CaptureRecord record;
        while ((record = nextRecord()) != null) {
            noteDamage(builder);
            if (record instanceof CaptureHeader
                    || (record instanceof SnapshotPart p && builder.isOfAnotherSnapshot(p))) {
                waiting = record; // the end record of this one is lost
                return build(builder, null, record instanceof CaptureHeader);
            }
            if (record instanceof SnapshotEnd end) {
                return build(builder, end, false);
            }
            if (record instanceof CaptureClose) {
                break;
            }
            if (!memory.hold(record) || !add(builder, record, memory)) {
                passOver(builder.number(), memory);
                return null;
            }
        }
        noteDamage(builder);
        return build(builder, null, true);
    }

    /** Reads on to the end of a snapshot that is too large. */
    private void passOver(int snapshot, SnapshotLimits memory) throws IOException {
        String why = memory.tooLarge(snapshot);
        tooLarge = tooLarge == null ? why : tooLarge;
        records.passedOver(why);
        CaptureRecord record;
        while ((record = nextRecord()) != null && !(record instanceof SnapshotEnd)) {
            if (record instanceof CaptureHeader || record instanceof CaptureClose
                    || (record instanceof SnapshotPart p
                            && (p.snapshot() != snapshot || record instanceof SnapshotBegin))) {
                waiting = record;
                return;
            }
        }
    }

    private @Nullable CaptureRecord nextRecord() throws IOException {
        CaptureRecord record = waiting == null ? records.next() : waiting;
        waiting = null;
        return record;
    }

    private SnapshotBuilder begin(CaptureRecord first) {
        SnapshotBuilder builder;
        limits = new SnapshotLimits(maxBytesHeld);
        if (first instanceof SnapshotBegin begin) {
            builder = new SnapshotBuilder(header, host, records.fileId(), begin, limits, texts,
                    records::passedOver, contents);
        } else {
            int number = first instanceof SnapshotPart part ? part.snapshot() : -1;
            builder = new SnapshotBuilder(
                    header, host, records.fileId(), new SnapshotBegin(number, ReceiveTime.NONE), limits,
                    texts, records::passedOver, contents);
            builder.markBeginLost();
            waiting = first;
        }
        loose.giveTo(builder, waiting != null);
        return builder;
    }

    private Snapshot build(SnapshotBuilder builder, @Nullable SnapshotEnd end, boolean atEndOfFile) {
        OwnerTable before = previous == null ? owners : owners.afterListing(previous);
        Snapshot snapshot = builder.build(before, namespaces, end, atEndOfFile);
        owners = snapshot.owners();
        namespaces = snapshot.records().namespaces();
        ownersSettled = builder.settlesOwners();
        previous = snapshot;
        return snapshot;
    }

    /** Takes what stands at the begin of a capture of which only some snapshots are read. */
    void begin(CaptureHeader captured, HostEvidence evidence) {
        header = captured;
        host = evidence;
    }

    /**
     * Goes elsewhere, as if all before had been read.
     *
     * @param to     the group in which the next snapshot begins
     * @param past   the owners as of the snapshot before
     * @param listed the host's namespaces as last listed before
     */
    void go(GroupEntry to, OwnerTable past, List<HostNamespaces> listed) {
        records.seek(to);
        ahead.clear();
        before.clear();
        waiting = null;
        loose.clear();
        previous = null;
        owners = past;
        namespaces = listed;
    }

    /** Reads the next snapshot without judging it, for {@link #next} to judge the two after it; null at the end. */
    @Nullable
    Snapshot pass() throws IOException {
        Snapshot s = assemble();
        if (s != null) {
            before.addFirst(Listings.of(s));
        }
        return s;
    }

    /** Returns whether the snapshot read last records the state of all owners. */
    boolean hasSettledOwners() {
        return ownersSettled;
    }

    /** Returns the next snapshot's begin record, or its first remaining record when the begin is lost. */
    private @Nullable CaptureRecord firstOfSnapshot() throws IOException {
        CaptureRecord record;
        while ((record = nextRecord()) != null) {
            switch (record) {
                case CaptureHeader h -> beginCapture(h);
                case HostEvidence h -> host = h;
                case ClosedSockets c -> {} // received after the last snapshot had ended
                case SnapshotPart p -> {
                    damagesSeen = records.damageCount();
                    return p;
                }
                case CaptureClose c -> {}
                case RecorderNote n -> loose.add(n);
                case NetworkNamespace n -> loose.add(n);
                case Datagram d -> {} // its dump's begin is lost; the reader has reported the damage
                case DumpEnd d -> {}
            }
        }
        return null;
    }

    /** Starts a new capture: facts about the previous host do not apply to it. */
    private void beginCapture(CaptureHeader begun) {
        header = begun;
        host = new HostEvidence(Map.of());
        owners = OwnerTable.NONE;
        namespaces = List.of();
        previous = null;
        contents.clear();
    }

    private void noteDamage(SnapshotBuilder builder) {
        int count = records.damageCount();
        if (count > damagesSeen) {
            List<Damage> listed = records.listedDamages();
            listed.subList(Math.min(damagesSeen, listed.size()), listed.size()).forEach(builder::damage);
            if (count > listed.size()) {
                builder.markLoss(unlisted(listed.getLast()));
            }
            damagesSeen = count;
        }
    }

    /** Returns the fault for each damage after the last that is listed: the same one, as there may be millions. */
    private Fault unlisted(Damage last) {
        Fault all = unlisted;
        if (all == null) {
            all = new Fault(DumpFault.CHECKSUM, last.where(),
                    "there is too much damage to list; only the first places are kept");
            unlisted = all;
        }
        return all;
    }

    /** Returns whether memory has room for what the record holds. */
    private boolean add(SnapshotBuilder builder, CaptureRecord record, SnapshotLimits memory) {
        switch (record) {
            case NetworkNamespace n -> builder.namespace(n);
            case DumpBegin d -> builder.dump(d);
            case Datagram d -> {
                return memory.holdSockets(builder.datagram(d, records.place()));
            }
            case DumpEnd d -> builder.dumpEnd(d);
            case ProcText t -> builder.procText(t);
            case Owners o -> builder.owners(o);
            case Processes p -> builder.processes(p);
            case Threads t -> builder.threads(t);
            case ClosedSockets c -> builder.closed(c);
            case HostNamespaces n -> builder.hostNamespaces(n);
            case OwnSockets o -> builder.ownSockets(o);
            case RecorderNote n -> builder.note(n);
            case HostEvidence h -> host = h;
            case CaptureHeader h -> beginCapture(h);
            case SnapshotBegin b -> {}
            case SnapshotEnd e -> {}
            case CaptureClose c -> {}
            case Delta d -> {} // the capture's reader returns what it stands for
        }
        return true;
    }

    public CaptureReader capture() {
        return records;
    }

    public CaptureHeader header() {
        return header;
    }

    public HostEvidence host() {
        return host;
    }

    /** Returns the notes after the end of the last snapshot. */
    public List<RecorderNote> looseNotes() {
        return loose.notes();
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
