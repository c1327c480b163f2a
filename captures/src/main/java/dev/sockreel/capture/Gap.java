package dev.sockreel.capture;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import java.util.ArrayList;
import java.util.List;

/** The damage between two intact records. */
final class Gap {
    /** The number of damages listed one by one; the rest is counted. */
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

    /** Returns the note for the new file: its readers cannot see the loss otherwise. */
    RecorderNote note(int snapshot, long timeNs) {
        Damage first = damages.getFirst();
        String more = count > 1 ? " (and " + (count - 1) + " more)" : "";
        return new RecorderNote(
                snapshot, -1, RecorderNote.Kind.LOST_BEFORE_RECOVERY, bytes,
                new ReceiveTime(timeNs, ReceiveTime.UNKNOWN),
                "records are missing here; they were lost before the file was recovered: " + first.where() + ": "
                        + first.why() + more);
    }

    Loss loss(long fromNs, long toNs, int firstSnapshot, int lastSnapshot) {
        return new Loss(fromNs, toNs, firstSnapshot, lastSnapshot, loses, bytes, damages, count - damages.size());
    }
}
