package dev.sockreel.capture;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import java.util.ArrayList;
import java.util.List;

/** The damages between two records that are intact. */
final class Gap {
    /** Damages that are told one by one. */
    private static final int MAX_KEPT = 8;

    private final List<Damage> damages = new ArrayList<>();
    private int count;
    private long bytes;
    private boolean loses;

    void add(Damage damage) {
        if (damages.size() < MAX_KEPT) {
            damages.add(damage);
        }
        count++;
        bytes += damage.bytes();
        loses |= damage.loses();
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean loses() {
        return loses;
    }

    /** For the file that is written: what a reader of it cannot know otherwise. */
    RecorderNote note(int snapshot, long timeNs) {
        Damage first = damages.getFirst();
        String more = count > 1 ? " and " + (count - 1) + " more damages" : "";
        return new RecorderNote(
                snapshot, -1, RecorderNote.Kind.LOST_BEFORE_RECOVERY, bytes,
                new ReceiveTime(timeNs, ReceiveTime.UNKNOWN),
                "records are missing here, lost before this file was recovered: " + first.where() + ": " + first.why()
                        + more);
    }

    Loss loss(long fromNs, long toNs, int firstSnapshot, int lastSnapshot) {
        return new Loss(fromNs, toNs, firstSnapshot, lastSnapshot, loses, bytes, damages, count - damages.size());
    }
}
