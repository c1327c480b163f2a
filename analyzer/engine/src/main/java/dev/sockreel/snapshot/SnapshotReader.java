package dev.sockreel.snapshot;

import dev.sockreel.capture.CaptureClose;
import dev.sockreel.capture.CaptureHeader;
import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.CaptureRecord;
import dev.sockreel.capture.Damage;
import dev.sockreel.capture.Datagram;
import dev.sockreel.capture.DumpBegin;
import dev.sockreel.capture.DumpEnd;
import dev.sockreel.capture.HostEvidence;
import dev.sockreel.capture.NetworkNamespace;
import dev.sockreel.capture.Owners;
import dev.sockreel.capture.ProcText;
import dev.sockreel.capture.ReceiveTime;
import dev.sockreel.capture.RecorderNote;
import dev.sockreel.capture.SnapshotBegin;
import dev.sockreel.capture.SnapshotEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives the snapshots of a capture one after another, each judged by the ones before and after it. Memory: the
 * datagrams of two snapshots (about 500 bytes a tcp socket, 100 a unix one), the cookies of a third, and the owners
 * of the last scan.
 */
public final class SnapshotReader implements AutoCloseable {
    private static final CaptureHeader NO_HEADER =
            new CaptureHeader(new UUID(0, 0), 0, ReceiveTime.NONE, null, "unknown (the header is damaged)");

    private final CaptureReader records;
    private CaptureHeader header = NO_HEADER;
    private HostEvidence host = new HostEvidence(Map.of());
    private OwnerTable owners = OwnerTable.NONE;
    private @Nullable CaptureClose close;
    private @Nullable SnapshotBegin waiting;
    private @Nullable Snapshot ahead;
    private List<Listing> before = List.of();
    private int damagesSeen;

    public SnapshotReader(CaptureReader records) {
        this.records = records;
    }

    public static SnapshotReader open(Path path) throws IOException {
        return new SnapshotReader(CaptureReader.open(path));
    }

    /** Null at the end; {@link #capture()} then says how the file ended and what was damaged. */
    public @Nullable Snapshot next() throws IOException {
        Snapshot current = ahead == null ? assemble() : ahead;
        if (current == null) {
            return null;
        }
        ahead = assemble();
        List<Listing> after = ahead == null ? List.of() : Listing.of(ahead);
        List<Listing> own = Listing.of(current);
        Snapshot judged = DumpChecks.judge(new Surroundings(before, current, after));
        before = own;
        return judged;
    }

    private @Nullable Snapshot assemble() throws IOException {
        SnapshotBegin begin = waiting != null ? waiting : nextBegin();
        waiting = null;
        if (begin == null) {
            return null;
        }
        SnapshotBuilder builder = new SnapshotBuilder(header, host, begin);
        CaptureRecord record;
        while ((record = records.next()) != null) {
            noteDamage(builder);
            if (record instanceof SnapshotBegin next) {
                waiting = next; // the end record of this one is lost
                return build(builder, null, false);
            }
            if (record instanceof SnapshotEnd end && end.snapshot() == begin.snapshot()) {
                return build(builder, end, false);
            }
            if (record instanceof CaptureClose c) {
                close = c;
                break;
            }
            add(builder, record);
        }
        noteDamage(builder);
        return build(builder, null, true);
    }

    private Snapshot build(SnapshotBuilder builder, @Nullable SnapshotEnd end, boolean atEndOfFile) {
        Snapshot snapshot = builder.build(owners, end, atEndOfFile);
        owners = snapshot.owners();
        return snapshot;
    }

    private @Nullable SnapshotBegin nextBegin() throws IOException {
        CaptureRecord record;
        while ((record = records.next()) != null) {
            switch (record) {
                case CaptureHeader h -> header = h;
                case HostEvidence h -> host = h;
                case SnapshotBegin b -> {
                    damagesSeen = records.damageCount();
                    return b;
                }
                case CaptureClose c -> close = c;
                default -> {} // what is left of a snapshot whose begin is lost: the reader told the damage
            }
        }
        return null;
    }

    private void noteDamage(SnapshotBuilder builder) {
        if (records.damageCount() > damagesSeen) {
            List<Damage> all = records.damages();
            // of very many only the first are kept: then the last of those stands for the rest
            for (int i = Math.min(damagesSeen, all.size() - 1); i < Math.min(records.damageCount(), all.size()); i++) {
                builder.damage(all.get(i));
            }
            damagesSeen = records.damageCount();
        }
    }

    private void add(SnapshotBuilder builder, CaptureRecord record) {
        switch (record) {
            case NetworkNamespace n -> builder.namespace(n);
            case DumpBegin d -> builder.dump(d);
            case Datagram d -> builder.datagram(d);
            case DumpEnd d -> builder.dumpEnd(d);
            case ProcText t -> builder.procText(t);
            case Owners o -> builder.owners(o);
            case RecorderNote n -> builder.note(n);
            case HostEvidence h -> host = h;
            case CaptureHeader h -> header = h;
            case SnapshotBegin b -> throw new IllegalStateException("handled before");
            case SnapshotEnd e -> {} // of another snapshot, whose begin is lost
            case CaptureClose c -> close = c;
        }
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

    /** Null until the end was read, and when there is none. */
    public @Nullable CaptureClose closeRecord() {
        return close;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
