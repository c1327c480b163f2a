package dev.sockreel.delta.record;

import dev.sockreel.delta.BadColumnsException;
import dev.sockreel.delta.ColumnReader;
import dev.sockreel.delta.ColumnWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The records of the snapshots before, from which those of later ones are predicted; all but Datagrams. Writer and
 * reader of a chain each have one, and tell it the same records in the same order: by {@link #learn} those that are
 * stored verbatim, by {@link #encode} and {@link #decode} the others. A failed {@link #decode} ends the chain.
 *
 * <p>All records of one snapshot must go into one set of columns. Memory: {@link #bytes}.
 */
public final class RecordPredictor {
    /** The most bytes of a body: that of a group. */
    public static final int MAX_BODY_BYTES = 4 << 20;
    /** The most bytes of all bodies of one snapshot, with 64 for each; one with more is to be stored verbatim. */
    public static final long MAX_SNAPSHOT_BYTES = 32L << 20;

    /** What a record counts for beside its body. */
    private static final int RECORD_BYTES = 64;

    static final int DUMP_BEGIN = 5;
    static final int DUMP_END = 7;

    /** Records that the snapshot before did not have are kept up to this size of their bodies. */
    private static final long MAX_RESTING_BYTES = 8L << 20;
    private static final int MAX_RESTING = 4096;
    private static final int TYPES = 1 << 16;

    /** The last record of one identity. */
    private static final class Entry {
        /** Its type, times two, plus 1 if its body is parsed. */
        final int kind;
        Tree tree = NOTHING;
        /** Its place among the entries. */
        int place = -1;
        /** The number of the dump begun last when it was coded. */
        long dump;
        /** The record that followed it last. */
        @Nullable
        Entry next;
        int round;
        long key;

        Entry(int kind) {
            this.kind = kind;
        }

        @Nullable
        Tree treeOrNull() {
            return tree == NOTHING ? null : tree;
        }

        Layout layout() {
            return isParsed(kind) ? Layout.ofType(kind >> 1) : Layout.RAW;
        }
    }

    private static final Tree NOTHING = new Tree(new byte[0], 0, 0);

    private final Atoms atoms = new Atoms();
    private final RecordWalk walk = new RecordWalk(atoms);
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Long, Entry> byKey = new HashMap<>();
    /** The entry used last, of each kind. */
    private final Map<Integer, Entry> byKind = new HashMap<>();
    /** The keys of this snapshot's dumps, by their numbers. */
    private final Map<Integer, Long> dumpKeys = new HashMap<>();
    private final Entry begin = new Entry(-1);
    private Entry last = begin;
    private int round;
    private long snapshotBytes;

    /** Begins a snapshot. */
    public void beginSnapshot(int snapshot) {
        walk.snapshot(snapshot);
        atoms.begin();
        last = begin;
        dumpKeys.clear();
        snapshotBytes = 0;
        round++;
    }

    /** Ends it: forgets what was not seen for long, if there is too much of it. */
    public void endSnapshot() {
        long resting = 0;
        int count = 0;
        List<Entry> byAge = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.round != round) {
                byAge.add(entry);
                resting += size(entry);
                count++;
            }
        }
        if (resting <= MAX_RESTING_BYTES && count <= MAX_RESTING) {
            return;
        }
        byAge.sort(Comparator.comparingInt(e -> e.round));
        for (Entry entry : byAge) {
            if (resting <= MAX_RESTING_BYTES / 2 && count <= MAX_RESTING / 2) {
                break;
            }
            resting -= size(entry);
            count--;
            forget(entry);
        }
        entries.removeIf(e -> e.place < 0);
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).place = i;
        }
    }

    private static int size(Entry entry) {
        return entry.tree.length + RECORD_BYTES;
    }

    private void forget(Entry entry) {
        entry.place = -1;
        entry.tree = NOTHING;
        entry.next = null;
        byKey.remove(entry.key, entry);
        byKind.remove(entry.kind, entry);
    }

    /** Takes a record that is stored verbatim, as those of a key are: nothing is written. */
    public void learn(int type, ByteBuf body) {
        Parsed parsed = parse(type, body);
        long key = key(parsed.kind, parsed.tree);
        Entry found = known(parsed, key);
        Entry entry = found == null ? added(parsed.kind) : found;
        walk.learn(entry.layout(), parsed.tree);
        keep(entry, parsed.tree, key);
    }

    /** Returns whether a body may still be encoded in this snapshot. */
    public boolean fits(int bodyBytes) {
        return bodyBytes <= MAX_BODY_BYTES && bodyBytes + RECORD_BYTES <= MAX_SNAPSHOT_BYTES - snapshotBytes;
    }

    /**
     * Appends a record to the columns, and learns it.
     *
     * @param body its readable bytes, which are not moved
     * @throws IllegalArgumentException when it does not {@link #fits fit}
     */
    public void encode(int type, ByteBuf body, ColumnWriter out) {
        if (!fits(body.readableBytes())) {
            throw new IllegalArgumentException("more records than may be predicted in one snapshot");
        }
        Parsed parsed = parse(type, body);
        long key = key(parsed.kind, parsed.tree);
        atoms.writeTo(out);
        try {
            Entry entry = entry(known(parsed, key), parsed.kind);
            walk.record(entry.layout(), Place.in(parsed.tree), entry.treeOrNull(), entry.dump);
            keep(entry, parsed.tree, key);
        } catch (BadColumnsException e) {
            throw new IllegalStateException("a record that is written cannot be damaged", e);
        }
    }

    /** A body and its kind. */
    private record Parsed(int kind, Tree tree) {}

    private static Parsed parse(int type, ByteBuf body) {
        byte[] bytes = ByteBufUtil.getBytes(body, body.readerIndex(), body.readableBytes(), true);
        Tree parsed = BodyParser.parse(Layout.ofType(type), bytes);
        return parsed != null ? new Parsed(type << 1 | 1, parsed)
                : new Parsed(type << 1, Objects.requireNonNull(BodyParser.parse(Layout.RAW, bytes)));
    }

    /** Returns the entry with a key, null for none. */
    private @Nullable Entry known(Parsed parsed, long key) {
        Entry found = byKey.get(key);
        return found != null && found.kind == parsed.kind ? found : null;
    }

    /** Reads a record that {@link #encode} appended, and learns it. */
    public Decoded decode(ColumnReader in) throws BadColumnsException {
        atoms.readFrom(in);
        Entry entry = entry(null, 0);
        Place place = Place.building(entry.tree.length + 64, entry.tree.units + 4);
        walk.record(entry.layout(), place, entry.treeOrNull(), entry.dump);
        place.tree.trim();
        keep(entry, place.tree, key(entry.kind, place.tree));
        if (snapshotBytes > MAX_SNAPSHOT_BYTES) {
            throw new BadColumnsException("a snapshot has more than " + MAX_SNAPSHOT_BYTES + " bytes of records");
        }
        return new Decoded(entry.kind >> 1, Unpooled.wrappedBuffer(place.tree.body, 0, place.tree.length));
    }

    /**
     * Codes which entry a record belongs to.
     *
     * @param found for a writer the entry with its key, null for none
     * @param kind  for a writer its kind
     */
    private Entry entry(@Nullable Entry found, int kind) throws BadColumnsException {
        Entry expected = last.next;
        if (expected != null && expected.place >= 0 && atoms.hit(false, found == expected)) {
            return expected;
        }
        int off = found == null ? 0 : found.place >= last.place ? found.place - last.place + 1
                : found.place - last.place;
        long stored = atoms.number(Atoms.MATCHES, off);
        if (stored == 0) {
            return added(atoms.unsigned(Atoms.MATCHES, kind, 2 * TYPES - 1));
        }
        long place = stored > 0 ? last.place + stored - 1 : last.place + stored;
        if (place < 0 || place >= entries.size()) {
            throw new BadColumnsException("a record is compared with one that is not there");
        }
        return entries.get((int) place);
    }

    /** Adds an entry, which begins as the one of its kind that was used last. */
    private Entry added(int kind) {
        Entry entry = new Entry(kind);
        Entry like = byKind.get(kind);
        if (like != null) {
            entry.tree = like.tree;
            entry.dump = like.dump;
        }
        entry.place = entries.size();
        entries.add(entry);
        return entry;
    }

    private void keep(Entry entry, Tree tree, long key) {
        snapshotBytes += tree.length + RECORD_BYTES;
        entry.dump = walk.dump();
        if (entry.kind >> 1 == DUMP_BEGIN && isParsed(entry.kind)) {
            int dump = (int) tree.number(0, 4);
            walk.dumpBegun(dump);
            dumpKeys.put(dump, key);
        }
        byKey.remove(entry.key, entry);
        byKey.put(key, entry);
        byKind.put(entry.kind, entry);
        entry.key = key;
        entry.tree = tree;
        entry.round = round;
        last.next = entry;
        last = entry;
    }

    private static boolean isParsed(int kind) {
        return (kind & 1) != 0;
    }

    /** Returns what tells a record from others; that of a dump's end is its begin's. */
    private long key(int kind, Tree tree) {
        if (!isParsed(kind)) {
            return kind;
        }
        int type = kind >> 1;
        if (type == DUMP_END) {
            return 31 * dumpKeys.getOrDefault((int) tree.number(0, 4), 0L) + kind;
        }
        return RecordKey.of(kind, Layout.ofType(type), tree);
    }

    /** Returns the memory it takes, bytes: two to three times the bodies it keeps, at most seven times. */
    public long bytes() {
        long sum = 0;
        for (Entry entry : entries) {
            sum += 100 + entry.tree.bytes();
        }
        return sum;
    }
}
