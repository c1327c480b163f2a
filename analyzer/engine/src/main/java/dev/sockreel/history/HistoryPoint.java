package dev.sockreel.history;

/** What one snapshot says of a socket, and the snapshots right after it that say the same. */
public sealed interface HistoryPoint {
    /** The first of them. */
    Moment first();

    /** The last of them; the same as {@link #first()} when there is one. */
    Moment last();

    /** How many there are, all in a row. */
    int snapshots();

    /** The snapshot lists it. */
    record Seen(Moment first, Moment last, int snapshots, Reading reading) implements HistoryPoint {}

    /** The snapshot does not list it and does not show that it is not there. */
    record NotObserved(Moment first, Moment last, int snapshots, NotObservedReason why) implements HistoryPoint {}

    /**
     * The kernel's tables no longer have it: a complete dump does not list it, or two in a row that arrived whole.
     * That is not closed and not read. It may come back: a udp socket that is connected anew does.
     */
    record Gone(Moment first, Moment last, int snapshots) implements HistoryPoint {}

    /** Before the first snapshot that lists it: the kernel's tables do not have it yet. */
    record NotYet(Moment first, Moment last, int snapshots) implements HistoryPoint {}
}
