package dev.sockreel.capture;

import dev.sockreel.capture.chain.ChainReader;
import dev.sockreel.capture.chain.ChainState;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.delta.BadColumnsException;
import dev.sockreel.series.SeriesTooLargeException;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads the state of a chain as of any of its snapshots: from the key, and then, over the last middle key, step by
 * step. At most {@code KeyPolicy.MIDDLE_SNAPSHOTS} steps are applied.
 */
final class ChainLoader implements ChainReader.Loader {
    private final CaptureBytes file;
    private final Supplier<ByteOrder> order;
    /** Groups of the file that are known already, in its order. */
    private final List<GroupEntry> known = new ArrayList<>();
    private boolean allKnown;

    /** @param order byte order of the host */
    ChainLoader(CaptureBytes file, Supplier<ByteOrder> order) {
        this.file = file;
        this.order = order;
    }

    /** Notes a group that was read. */
    void saw(long offset, GroupHeader h) {
        if (!allKnown) {
            known.add(GroupEntry.of(offset, h));
        }
    }

    /** Takes a list of all groups, which spares looking for them. */
    void know(List<GroupEntry> all) {
        known.clear();
        known.addAll(all);
        allKnown = true;
    }

    @Override
    public @Nullable ChainState load(long fileId, int key, int base, ChainState.Taken taken)
            throws IOException {
        List<GroupEntry> way = way(fileId, key, base);
        if (way.isEmpty() && !allKnown) {
            know(GroupSearch.groups(file));
            way = way(fileId, key, base);
        }
        return way.isEmpty() ? null : load(fileId, key, base, way, taken);
    }

    /** Returns the groups to read, in order; empty when some are not known. */
    private List<GroupEntry> way(long fileId, int key, int base) {
        List<GroupEntry> ofKey = groupsOf(fileId, key, key);
        if (ofKey.isEmpty() || ofKey.getLast().number() - ofKey.getFirst().number() >= ofKey.size()) {
            return List.of();
        }
        if (base == key) {
            return ofKey;
        }
        int from = Integer.MAX_VALUE;
        for (GroupEntry g : groupsOf(fileId, key + 1, base)) {
            from = g.isMiddleKey() ? g.firstSnapshot() : Math.min(from, g.firstSnapshot());
        }
        List<GroupEntry> steps = groupsOf(fileId, Math.min(from, base), base);
        if (steps.isEmpty() || steps.getLast().firstSnapshot() != base) {
            return List.of();
        }
        List<GroupEntry> all = new ArrayList<>(ofKey);
        all.addAll(steps);
        return all;
    }

    /** Returns the groups of these snapshots, each once. */
    private List<GroupEntry> groupsOf(long fileId, int firstSnapshot, int lastSnapshot) {
        List<GroupEntry> found = new ArrayList<>();
        int number = -1;
        for (GroupEntry g : known) {
            boolean isOf = g.fileId() == fileId && g.firstSnapshot() >= firstSnapshot
                    && g.firstSnapshot() <= lastSnapshot;
            if (isOf && g.number() > number) {
                found.add(g);
                number = g.number();
            }
        }
        return found;
    }

    private @Nullable ChainState load(
            long fileId, int key, int base, List<GroupEntry> way, ChainState.Taken taken) throws IOException {
        boolean[] loaded = new boolean[1];
        ChainState state = new ChainState(order.get(), maxBytes(), (dump, id, series, changes) -> {
            if (loaded[0]) {
                taken.dump(dump, id, series, changes);
            }
        });
        boolean withoutDatagrams = true;
        ChainReader steps = new ChainReader((id, ofKey, at, none) -> at == key ? state : null, withoutDatagrams);
        try {
            boolean inSnapshot = false;
            for (GroupEntry g : way) {
                GroupRecords records = open(g);
                if (records == null) {
                    return null;
                }
                RawRecord raw;
                while ((raw = records.next()) != null) {
                    CaptureRecord record = raw.record();
                    inSnapshot |= record instanceof SnapshotBegin;
                    if (record == null || !inSnapshot) {
                        continue;
                    }
                    if (record instanceof RecorderNote n && n.kind() == RecorderNote.Kind.LOST_BEFORE_RECOVERY) {
                        return null;
                    }
                    if (g.firstSnapshot() == key) {
                        state.learn(record);
                    } else if (record instanceof Delta step) {
                        apply(step, fileId, steps);
                    }
                    inSnapshot &= !(record instanceof SnapshotEnd);
                }
                if (!records.isWhole()) {
                    return null;
                }
            }
            loaded[0] = true;
            return inSnapshot || state.snapshot() != base ? null : state;
        } catch (BadColumnsException e) {
            return null; // the reader of the snapshot in question says that it cannot be read
        } catch (SeriesTooLargeException e) {
            throw new IOException(file.path() + ": " + tooLarge(), e);
        }
    }

    private static void apply(Delta step, long fileId, ChainReader steps) throws IOException {
        steps.take(step, fileId);
        while (steps.next() != null) {
            // its records are of no interest, the state is
        }
    }

    /** Returns a group's records; null where its header is not as it was, or not as the index says. */
    @Nullable
    GroupRecords open(GroupEntry g) throws IOException {
        if (g.offset() < 0 || g.offset() > file.size() - GroupHeader.BYTES) {
            return null;
        }
        ByteBuf bytes = file.read(g.offset(), GroupHeader.BYTES);
        if (!GroupHeader.isIntact(bytes) || GroupHeader.version(bytes) != GroupHeader.VERSION) {
            return null;
        }
        GroupHeader h = GroupHeader.decode(bytes);
        if (!GroupEntry.of(g.offset(), h).equals(g) || h.isTooDense()
                || h.compressedBytes() > file.size() - g.offset() - GroupHeader.BYTES) {
            return null;
        }
        byte[] frame = file.read(g.offset() + GroupHeader.BYTES, h.compressedBytes()).array();
        return new GroupRecords(h, GroupFrame.open(h, frame), (record, loses, why) -> {});
    }

    /** The memory that messages may take in a reader: what a command makes of them needs the rest. */
    static long maxBytes() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    /** Returns the sentence for a capture whose sockets do not fit. */
    static String tooLarge() {
        return "its sockets need more than " + (maxBytes() >> 20)
                + " MiB of memory, half of what Java may use; set a larger heap: SOCKREEL_JAVA_OPTS=-Xmx4g";
    }
}
