package dev.sockreel.capture.chain;

import dev.sockreel.capture.record.ReceiveTime;
import java.time.Duration;

/**
 * Decides how the next snapshot is stored. A damaged group costs the snapshots up to the next middle key, and one moment is
 * reached by applying at most as many as stand between two.
 */
public final class KeyPolicy {
    /** The most snapshots from one key to the next. */
    static final int KEY_SNAPSHOTS = 600;
    /** The most time from one key to the next. */
    static final long KEY_AGE_NS = Duration.ofMinutes(10).toNanos();
    /** The snapshots from one key or middle key to the next. */
    static final int MIDDLE_SNAPSHOTS = 60;
    /** Snapshots that are stored as they are after one for which prediction did not pay. */
    static final int PAUSE_SNAPSHOTS = 16;

    private int sinceKey = Integer.MAX_VALUE;
    private int sinceMiddle;
    private int pause;
    private ReceiveTime keyTime = ReceiveTime.NONE;

    /** How a snapshot is stored. */
    public enum Form {
        /** As it is; later ones are predicted from it. */
        KEY,
        /** Predicted from the last key. */
        MIDDLE_KEY,
        /** Predicted from the snapshot before. */
        STEP,
        /** As it is; nothing is predicted from it. */
        VERBATIM
    }

    /** Returns the form of the next snapshot. */
    public Form next(ReceiveTime begin) {
        if (pause > 0) {
            pause--;
            return Form.VERBATIM;
        }
        if (sinceKey >= KEY_SNAPSHOTS || begin.nanosSince(keyTime) >= KEY_AGE_NS) {
            sinceKey = 1;
            sinceMiddle = 1;
            keyTime = begin;
            return Form.KEY;
        }
        sinceKey++;
        if (sinceMiddle >= MIDDLE_SNAPSHOTS) {
            sinceMiddle = 1;
            return Form.MIDDLE_KEY;
        }
        sinceMiddle++;
        return Form.STEP;
    }

    /** Returns whether the next snapshot is a middle key, unless the key is too old by then. */
    public boolean isMiddleKeyNext() {
        return pause == 0 && sinceKey < KEY_SNAPSHOTS && sinceMiddle >= MIDDLE_SNAPSHOTS;
    }

    /** Lets the next snapshot be a key. */
    public void beginAnew() {
        sinceKey = Integer.MAX_VALUE;
    }

    /** Notes that the last snapshot was hardly smaller than its key: the next ones are stored as they are. */
    public void didNotPay() {
        pause = PAUSE_SNAPSHOTS;
        beginAnew();
    }
}
