package dev.sockreel.recorder;

/** Takes what a recording tells while it runs. Slow ones delay snapshots, but never a dump. */
@FunctionalInterface
public interface RecordingListener {
    /** Takes a short line for people. */
    void say(String line);

    /** Takes the totals after each snapshot. */
    default void took(RecordedSoFar totals) {}
}
