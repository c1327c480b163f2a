package dev.sockreel.capture.chain;

import dev.sockreel.capture.record.ReceiveTime;
import java.time.Duration;

/**
 * Decides how the next snapshot is stored. A damaged group costs the snapshots up to the next middle key, and one
 * moment is reached by applying at most as many as stand between two.
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

    private final int keySnapshots;
    private final int middleSnapshots;
    private int sinceKey = Integer.MAX_VALUE;
    private int sinceMiddle;
    private int pause;
    private ReceiveTime keyTime = ReceiveTime.NONE;
    private ReceiveTime lastTime = ReceiveTime.NONE;
    /** The time between the last two snapshots. */
    private long intervalNs;

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

    /** Begins with a key. */
    public KeyPolicy() {
        this(KEY_SNAPSHOTS, MIDDLE_SNAPSHOTS);
    }

    /**
     * Begins with a key, of which there are more than usual.
     *
     * @param keySnapshots    the most snapshots from one key to the next
     * @param middleSnapshots those from one key or middle key to the next
     */
    public KeyPolicy(int keySnapshots, int middleSnapshots) {
        this.keySnapshots = keySnapshots;
        this.middleSnapshots = middleSnapshots;
    }

    /** Returns the form of the next snapshot. */
    public Form next(ReceiveTime begin) {
        intervalNs = Math.max(0, begin.nanosSince(lastTime));
        lastTime = begin;
        if (pause > 0) {
            pause--;
            return Form.VERBATIM;
        }
        if (sinceKey >= keySnapshots || begin.nanosSince(keyTime) >= KEY_AGE_NS) {
            sinceKey = 1;
            sinceMiddle = 1;
            keyTime = begin;
            return Form.KEY;
        }
        sinceKey++;
        if (sinceMiddle >= middleSnapshots) {
            sinceMiddle = 1;
            return Form.MIDDLE_KEY;
        }
        sinceMiddle++;
        return Form.STEP;
    }

    /** Returns whether the next snapshot will be a middle key, if it comes as soon as the last one did. */
    public boolean isMiddleKeyNext() {
        return pause == 0 && sinceKey < keySnapshots && sinceMiddle >= middleSnapshots
                && lastTime.nanosSince(keyTime) < KEY_AGE_NS - intervalNs;
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
