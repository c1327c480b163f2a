package dev.sockreel.capture;

import dev.sockreel.capture.order.JoinedCaptures;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The way from group to group of a file that may be damaged, may hold several captures, and may still grow. No length
 * is trusted. What cannot be read is passed over and reported.
 */
final class GroupWalk {
    private final CaptureBytes file;
    private final boolean salvage;
    private final Listener listener;
    private final DamageLog damages = new DamageLog();
    private final JoinedCaptures joined = new JoinedCaptures();
    private final GroupSearch search;
    private long position;
    private @Nullable GroupEntry seekTarget;
    private @Nullable CaptureRun run;
    private @Nullable GroupRecords group;
    private long groupOffset;
    private long groupBytes;
    private boolean groupIsCopy;
    private int recordNumber;
    private @Nullable Damage tail;
    private long compressed;
    private long uncompressed;
    private boolean incompleteNoted;
    /** Whether the index was taken for a hint, so that it is not compared with all groups. */
    private boolean indexTaken;

    /** Learns of each group whose header is intact, and where records may be missing. */
    interface Listener {
        void saw(long offset, GroupHeader header);

        void loss();
    }

    /** @param salvage whether a last group that is cut off is read as well */
    GroupWalk(CaptureBytes file, boolean salvage, Listener listener) {
        this.file = file;
        this.salvage = salvage;
        this.listener = listener;
        this.search = new GroupSearch(file);
    }

    /** Returns the next record that counts, copies included; null when there is none (yet). */
    @Nullable
    RawRecord next() throws IOException {
        while (true) {
            GroupRecords records = group;
            RawRecord raw;
            while (records != null && (raw = records.next()) != null) {
                recordNumber = raw.number();
                if (run == null || run.takes(raw.record())) {
                    return raw;
                }
            }
            if (records != null) {
                endGroup(records);
            }
            group = null;
            if (!nextGroup()) {
                return null;
            }
        }
    }

    /** Returns the capture that is being read, null before the first. */
    @Nullable
    CaptureRun run() {
        return run;
    }

    /** Returns whether the group read last had been read before, from another place in the file. */
    boolean isCopy() {
        return groupIsCopy;
    }

    DamageLog damages() {
        return damages;
    }

    /** Returns the damage of a file that is cut, null for none. */
    @Nullable
    Damage tail() {
        return tail;
    }

    /** The size of the groups read so far as stored, headers included, bytes. */
    long compressedBytes() {
        return compressed;
    }

    /** Returns the uncompressed size of the groups read so far, as their headers state it, bytes. */
    long uncompressedBytes() {
        return uncompressed;
    }

    /** Returns the offset in the file up to which it was read. */
    long position() {
        return position;
    }

    /** Takes the index for a hint from now on. */
    void takeIndex() {
        indexTaken = true;
    }

    /** Continues with this group. */
    void seek(GroupEntry entry) {
        position = entry.offset();
        seekTarget = entry;
        run = null;
        group = null;
    }

    private int number(int ofNone) {
        return group == null ? ofNone : group.header().number();
    }

    /** Reports that a snapshot of the group at hand cannot be read. */
    void unreadable(String why) {
        damages.add(Damage.in(run, Damage.Kind.LOST, groupOffset, 0, number(-1), recordNumber, !groupIsCopy, why));
        if (run != null) {
            run.damage(true);
        }
    }

    /** Reports records that were read, but are more than a limit allows. */
    void passedOver(String why) {
        damages.add(Damage.in(run, Damage.Kind.LIMIT, groupOffset, groupBytes, number(0), Damage.NO_RECORD, true, why));
    }

    private void endGroup(GroupRecords records) {
        String why = run == null ? null : run.endGroup(records.header(), records.isWhole());
        if (why != null) {
            damages.add(Damage.in(run, Damage.Kind.CONTRADICTION, groupOffset, GroupHeader.BYTES,
                    records.header().number(), Damage.NO_RECORD, false, why));
        }
    }

    /** Reports a record whose checksum is right, but which contradicts those before it. */
    private void contradiction(boolean loses, String why) {
        damages.add(Damage.in(run, Damage.Kind.CONTRADICTION, groupOffset, groupBytes, number(-1), recordNumber,
                loses && !groupIsCopy, why));
    }

    /** The outcome of examining the current position. */
    private enum Step {
        LOADED,
        /** Something was skipped; the new position is to be examined. */
        LOOK_AGAIN,
        END
    }

    /** Loads the next group; returns false when no whole group is left. */
    private boolean nextGroup() throws IOException {
        tail = null;
        Step step = look();
        while (step == Step.LOOK_AGAIN) {
            step = look();
        }
        if (step == Step.END) {
            noteIncomplete();
        }
        return step == Step.LOADED;
    }

    /** Reports once that what was given could not be unpacked to its end. */
    private void noteIncomplete() throws IOException {
        String why = file.incomplete();
        if (why != null && !incompleteNoted) {
            incompleteNoted = true;
            boolean loses = run == null || !run.closeSeen();
            damages.add(Damage.in(run, Damage.Kind.CUT, file.size(), 0, run == null ? 0 : run.nextGroup(),
                    Damage.NO_RECORD, loses, why));
            if (run != null) {
                run.damage(loses);
            }
        }
    }

    private Step look() throws IOException {
        long left = file.size() - position;
        if (left < 0) {
            throw file.becameShorter();
        }
        if (left < 8) {
            return left == 0 ? Step.END : cut(left, "the file ends inside a frame header");
        }
        return switch (file.read(position, 8).getIntLE(0)) {
            case GroupHeader.MAGIC -> loadGroup(left);
            case FileIndex.MAGIC -> readIndex(left);
            default -> resync("no group or index begins here");
        };
    }

    private Step loadGroup(long left) throws IOException {
        if (left < GroupHeader.BYTES) {
            return cut(left, "the file ends inside a group header");
        }
        ByteBuf bytes = file.read(position, GroupHeader.BYTES);
        if (!GroupHeader.isIntact(bytes)) {
            return resync("wrong checksum in a group header");
        }
        GroupHeader h = GroupHeader.decode(bytes);
        long end = position + GroupHeader.BYTES + h.compressedBytes();
        if (end > file.size()) {
            end = search.endOfCutGroup(position, file.size());
            if (end == file.size() && !salvage) {
                return cut(left, GroupFrame.tooShort(h, left - GroupHeader.BYTES));
            }
        }
        if (!follows(h, GroupHeader.version(bytes), end)) {
            position = end;
            return Step.LOOK_AGAIN;
        }
        if (h.isTooDense()) {
            passOverDense(h, end);
            return Step.LOOK_AGAIN;
        }
        open(h, end);
        return Step.LOADED;
    }

    /** Passes over a group that states too much content, and over those directly after it, as one place. */
    private void passOverDense(GroupHeader first, long endOfFirst) throws IOException {
        boolean copy = joined.wasRead(first.fileId(), first.number());
        GroupSearch.Dense dense = search.dense(first, endOfFirst);
        int last = dense.last();
        if (run != null) {
            run.groupRead(last);
        }
        String which =
                "group " + first.number() + " states " + first.uncompressedBytes() + " bytes of content in a frame"
                        + " of " + first.compressedBytes() + ", which may hold at most "
                        + GroupHeader.maxContent(first.compressedBytes());
        lost(dense.end() - position, first.number(), !copy,
                last == first.number() ? which : which + "; likewise all groups to " + last);
        position = dense.end();
    }

    private void open(GroupHeader h, long upTo) throws IOException {
        long end = upTo;
        byte[] frame = file.read(position + GroupHeader.BYTES, (int) (end - position - GroupHeader.BYTES)).array();
        GroupFrame content = GroupFrame.open(h, frame);
        if (content.problem() != null && frame.length == h.compressedBytes()) {
            end = search.endOfCutGroup(position, end);
            if (end < upTo) {
                content = GroupFrame.open(h, Arrays.copyOf(frame, (int) (end - position - GroupHeader.BYTES)));
            }
        }
        listener.saw(position, h);
        give(h, content, end);
    }

    private void give(GroupHeader h, GroupFrame content, long end) {
        groupIsCopy = joined.wasRead(h.fileId(), h.number());
        joined.read(h.fileId(), h.number());
        group = new GroupRecords(h, content, this::recordDamage);
        groupOffset = position;
        groupBytes = end - position;
        position = end;
        compressed += groupBytes;
        uncompressed += h.uncompressedBytes();
    }

    private void recordDamage(int record, boolean loses, String why) {
        boolean costs = loses && !groupIsCopy;
        damages.add(Damage.in(run, Damage.Kind.CHECKSUM, groupOffset, groupBytes, number(-1), record, costs, why));
        damaged(loses);
    }

    private void damaged(boolean loses) {
        if (run != null) {
            run.damage(loses);
            if (loses) {
                listener.loss();
            }
        }
    }

    /** Returns whether the group is to be read: not if its version is unknown or it stands in the wrong place. */
    private boolean follows(GroupHeader h, int version, long end) throws IOException {
        boolean copy = joined.wasRead(h.fileId(), h.number());
        if (version != GroupHeader.VERSION) {
            lost(end - position, h.number(), !copy, "group " + h.number() + " has format version " + version);
            return false;
        }
        CaptureRun now = run;
        if (now == null || now.endsBefore(h)) {
            if (now != null && !now.isClosed()) {
                lost(0, now.nextGroup(), !now.closeSeen(), "the previous capture was not closed, and another was joined"
                        + " to it");
            }
            now = begin(h);
        } else if (h.number() < now.nextGroup() || isStray(now, h, end)) {
            lost(end - position, h.number(), false,
                    "found group " + h.number() + " where group " + now.nextGroup() + " was expected");
            return false;
        } else if (now.closeSeen()) {
            lost(0, h.number(), false, "a group follows the close record");
        }
        if (h.number() > now.nextGroup() && !damages.reportedLossBefore(position)) {
            lost(0, now.nextGroup(), !joined.wasRead(h.fileId(), now.nextGroup()),
                    "group " + now.nextGroup() + " is missing; found group " + h.number());
        }
        now.groupRead(h.number());
        return true;
    }

    /** Returns true for a group that stands too early: the one that belongs here follows it. */
    private boolean isStray(CaptureRun now, GroupHeader h, long end) throws IOException {
        if (h.number() == now.nextGroup() || end + GroupHeader.BYTES > file.size()) {
            return false;
        }
        ByteBuf next = file.read(end, GroupHeader.BYTES);
        return GroupHeader.isIntact(next) && now.canContinueWith(GroupHeader.decode(next));
    }

    private CaptureRun begin(GroupHeader h) {
        GroupEntry from = seekTarget;
        seekTarget = null;
        CaptureRun begun = from == null
                ? new CaptureRun(position, h.fileId(), 0, CaptureWriter.NO_SNAPSHOT, h.number() == 0,
                        this::contradiction)
                : new CaptureRun(CaptureRun.UNKNOWN_BEGIN, h.fileId(), h.number(),
                        Math.max(-1, from.firstSnapshot() - 1), h.number() == 0, this::contradiction);
        run = begun;
        if (from != null) {
            joined.beginAt(h.fileId(), h.number());
            if (!from.equals(GroupEntry.of(position, h))) {
                lost(0, h.number(), false, "another group stands here than the index or an earlier look says");
            }
        }
        if (!joined.knows(h.fileId())) {
            lost(0, h.number(), false, "more than " + JoinedCaptures.MAX_KNOWN
                    + " captures are joined; copies of this one are not recognized");
        }
        return begun;
    }

    private Step readIndex(long left) throws IOException {
        long size = 8 + file.read(position, 8).getUnsignedIntLE(4);
        if (size > FileIndex.bytes(FileIndex.MAX_GROUPS)) {
            return resync("the index has an impossible size, " + size + " bytes");
        }
        if (size > left) {
            return file.findHeader(position + 8) < 0
                    ? cut(left, "the file ends inside its index")
                    : resync("the index should have " + size + " bytes, but only " + left + " are left");
        }
        CaptureRun now = run;
        long end = position + size;
        if (now == null || now.indexSeen()) {
            lost(size, now == null ? 0 : now.nextGroup(), false, "unexpected index: no capture ends here");
        } else {
            IndexCheck check = IndexCheck.of(now, file, position, (int) size);
            if (!check.isIntact()) {
                long other = file.findHeader(position + 8, Math.min(file.size(), end + GroupHeader.BYTES - 1));
                end = other < 0 ? end : other;
                damages.add(Damage.in(now, Damage.Kind.CHECKSUM, position, end - position, now.nextGroup(),
                        Damage.NO_RECORD, false, "the index does not match the file"));
            }
            String why = now.isDamaged() || indexTaken ? null : check.contradiction();
            if (why != null) {
                damages.add(Damage.in(now, Damage.Kind.CONTRADICTION, position, size, now.nextGroup(),
                        Damage.NO_RECORD, false, why));
            }
            now.indexRead();
        }
        position = end;
        return Step.LOOK_AGAIN;
    }

    private Step cut(long left, String why) {
        CaptureRun now = run;
        tail = Damage.in(now, Damage.Kind.CUT, position, left, now == null ? 0 : now.nextGroup(), Damage.NO_RECORD,
                now == null || !now.closeSeen(), why);
        return Step.END;
    }

    /** Resumes at a frame whose header is broken, or at the next intact header. */
    private Step resync(String why) throws IOException {
        CaptureRun now = run;
        long found = search.nextHeader(position + 1);
        GroupSearch.Headless headless = search.afterBrokenHeader(position, now, found);
        if (headless != null) {
            long end = position + GroupHeader.BYTES + headless.frame().compressedBytes();
            follows(headless.header(), GroupHeader.VERSION, end);
            give(headless.header(), headless.frame(), end);
            return Step.LOADED;
        }
        long to = found < 0 ? file.size() : found;
        boolean loses = now == null || !now.closeSeen();
        if (found >= 0) {
            GroupHeader next = GroupHeader.decode(file.read(found, GroupHeader.BYTES));
            loses = now == null ? next.number() > 0 : !now.canContinueWith(next);
        }
        lost(to - position, now == null ? 0 : now.nextGroup(), loses,
                why + (found < 0 ? "; no group follows" : "; the next group begins at byte " + found));
        position = to;
        return found >= 0 ? Step.LOOK_AGAIN : Step.END;
    }

    private void lost(long bytes, int number, boolean loses, String why) {
        damages.add(Damage.in(run, Damage.Kind.LOST, position, bytes, number, Damage.NO_RECORD, loses, why));
        damaged(loses);
    }
}
