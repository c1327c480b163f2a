package dev.sockreel.reading;

import dev.sockreel.capture.Damage;
import dev.sockreel.capture.order.RecordPlace;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.capture.record.SnapshotPart;
import dev.sockreel.capture.record.Threads;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpAssembler;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import dev.sockreel.process.HostRecords;
import dev.sockreel.snapshot.OwnerTable;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotId;
import dev.sockreel.sockdiag.DumpRequest;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the records of one snapshot. Dumps of several namespaces may interleave. */
final class SnapshotBuilder {
    private final CaptureHeader header;
    private final HostEvidence host;
    private final long fileId;
    private final SnapshotBegin begin;
    private final Map<Integer, NetworkNamespace> namespaces = new HashMap<>();
    private final Map<Integer, DumpAssembler> open = new LinkedHashMap<>();
    private final Map<Integer, Dump> ended = new HashMap<>();
    private final List<Integer> order = new ArrayList<>();
    private final List<Owners> owners = new ArrayList<>();
    private final Map<String, List<ProcText>> texts = new LinkedHashMap<>();
    private final ProcTexts procTexts;
    private final List<Processes> processes = new ArrayList<>();
    private final List<Threads> threads = new ArrayList<>();
    private final List<ClosedSockets> closed = new ArrayList<>();
    private final List<HostNamespaces> hostNamespaces = new ArrayList<>();
    private final List<OwnSockets> ownSockets = new ArrayList<>();
    private final List<RecorderNote> notes = new ArrayList<>();
    private final List<Fault> losses = new ArrayList<>();
    private boolean damaged;

    private final SnapshotLimits limits;
    private final Set<String> limitsReached = new HashSet<>();
    private final Consumer<String> passedOver;
    private final DumpContents contents;

    /**
     * Begins a snapshot.
     *
     * @param procTexts  the texts of the snapshots before
     * @param passedOver takes why a record is passed over, once for each limit
     * @param contents   what dumps brought, beside their datagrams or instead
     */
    SnapshotBuilder(
            CaptureHeader header, HostEvidence host, long fileId, SnapshotBegin begin, SnapshotLimits limits,
            ProcTexts procTexts, Consumer<String> passedOver, DumpContents contents) {
        this.contents = contents;
        this.header = header;
        this.host = host;
        this.fileId = fileId;
        this.begin = begin;
        this.limits = limits;
        this.procTexts = procTexts;
        this.passedOver = passedOver;
    }

    /** Marks a snapshot whose begin record is lost. */
    void markBeginLost() {
        damaged = true;
    }

    /** Returns whether this record belongs to another snapshot. */
    boolean isOfAnotherSnapshot(SnapshotPart record) {
        return record instanceof SnapshotBegin || record.snapshot() != begin.snapshot();
    }

    /** Returns the number of the snapshot. */
    int number() {
        return begin.snapshot();
    }

    void namespace(NetworkNamespace netns) {
        if (isWithin(limits.add(netns))) {
            namespaces.put(netns.netns(), netns);
        }
    }

    /** @param limit why a record is one too many; null if it is not */
    private boolean isWithin(@Nullable String limit) {
        if (limit != null && limitsReached.add(limit)) {
            passedOver.accept(limit);
        }
        damaged |= limit != null;
        return limit == null;
    }

    void dump(DumpBegin dump) {
        ByteOrder byteOrder = header.orderOrLittleEndian();
        DumpRequest request = DumpRequest.parse(dump.request(), byteOrder);
        if (request == null) {
            request = DumpRequest.ofFamilyId(dump.family());
        }
        if (!isWithin(limits.add(dump, request))) {
            return;
        }
        DumpAssembler assembler = new DumpAssembler(dump, request, byteOrder, losses);
        if (dump.encoding() != DumpBegin.VERBATIM) {
            assembler.fault(DumpFault.CHECKSUM, "dump " + dump.dump(),
                    "its datagrams have encoding " + dump.encoding() + ", which this version does not know");
        }
        open.put(dump.dump(), assembler);
        order.add(dump.dump());
    }

    /** Returns the number of sockets in it. */
    int datagram(Datagram d, RecordPlace place) {
        DumpAssembler assembler = open.get(d.dump());
        if (assembler == null) {
            damaged = true; // the begin record of its dump is lost
            return 0;
        }
        int before = assembler.sockets();
        assembler.add(d, place);
        return assembler.sockets() - before;
    }

    void dumpEnd(DumpEnd end) {
        DumpAssembler assembler = open.remove(end.dump());
        if (assembler != null) {
            ended.put(end.dump(), contents.finish(assembler, end, false));
        }
    }

    void owners(Owners o) {
        owners.add(o);
    }

    /** Returns whether it records of all processes that were found to hold sockets whether they live. */
    boolean settlesOwners() {
        return OwnerTable.settles(owners);
    }

    void procText(ProcText t) {
        texts.computeIfAbsent(t.netns() + " " + t.when() + " " + t.path(), k -> new ArrayList<>()).add(t);
    }

    void processes(Processes p) {
        processes.add(p);
    }

    void threads(Threads t) {
        threads.add(t);
    }

    void closed(ClosedSockets c) {
        closed.add(c);
    }

    void hostNamespaces(HostNamespaces n) {
        hostNamespaces.add(n);
    }

    void ownSockets(OwnSockets o) {
        ownSockets.add(o);
    }

    void note(RecorderNote note) {
        notes.add(note);
        DumpAssembler assembler = open.get(note.dump());
        DumpFault fault = faultOf(note.kind());
        if (assembler != null && fault != null) {
            assembler.fault(fault, "dump " + note.dump(), note.text());
        }
        if (note.kind() == RecorderNote.Kind.LOST_BEFORE_RECOVERY && note.snapshot() == begin.snapshot()) {
            markLoss(new Fault(DumpFault.CHECKSUM, "the file that this one was recovered from", note.text()));
        }
    }

    /** Returns the fault that a note on a dump stands for; null when it is no fault. */
    private static @Nullable DumpFault faultOf(RecorderNote.@Nullable Kind kind) {
        return switch (kind) {
            case RECEIVER_WAITED -> DumpFault.RECEIVER_WAITED;
            case REQUEST_UNSURE -> DumpFault.REQUEST_UNSURE;
            case PACKETS_LOST -> DumpFault.PACKETS_LOST;
            case null, default -> null;
        };
    }

    void damage(Damage damage) {
        if (damage.loses()) {
            markLoss(new Fault(DumpFault.CHECKSUM, damage.where(), damage.why()));
        }
    }

    /** Marks the snapshot as damaged, and every open dump as possibly incomplete. */
    void markLoss(Fault loss) {
        damaged = true;
        losses.add(loss); // the open dumps take it from there
    }

    /**
     * Returns the snapshot.
     *
     * @param ownersBefore     the owners as of the snapshot before
     * @param namespacesBefore the host's namespaces as last listed before
     */
    Snapshot build(
            OwnerTable ownersBefore, List<HostNamespaces> namespacesBefore, @Nullable SnapshotEnd end,
            boolean atEndOfFile) {
        open.forEach((number, assembler) -> ended.put(number, contents.finish(assembler, null, atEndOfFile)));
        List<Dump> dumps = order.stream().map(ended::get).filter(d -> d != null).toList();
        boolean lostDumps = end != null && end.dumps() > dumps.size();
        HostRecords records = new HostRecords(
                processes, threads, closed, hostNamespaces.isEmpty() ? namespacesBefore : hostNamespaces,
                ownSockets);
        return new Snapshot(
                header,
                host,
                new SnapshotId(fileId, begin.snapshot()),
                begin.time(),
                end == null ? null : end.time(),
                Map.copyOf(namespaces),
                dumps,
                OwnerTable.after(ownersBefore, owners, records, host),
                texts.values().stream().map(procTexts::join).toList(),
                List.copyOf(notes),
                records,
                damaged || lostDumps);
    }
}
