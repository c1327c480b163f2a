package dev.sockreel.history;

/** The state of a socket in one snapshot, together with the snapshots right after it that show the same. */
public sealed interface HistoryPoint {
    /** Returns the first of these snapshots. */
    Moment first();

    /** Returns the last of these snapshots; equals {@link #first()} when there is only one. */
    Moment last();

    /** Returns the number of these snapshots, which are consecutive. */
    int snapshots();

    /** The snapshot lists the socket. */
    record Seen(Moment first, Moment last, int snapshots, Reading reading) implements HistoryPoint {}

    /** The snapshot neither lists the socket nor shows that it is absent. */
    record NotObserved(Moment first, Moment last, int snapshots, NotObservedReason why) implements HistoryPoint {}

    /**
     * The kernel's tables no longer have the socket: a complete dump does not list it, or two consecutive ones that
     * arrived whole. It need not be closed or read, and it may come back: a udp socket that is connected again does.
     */
    record Gone(Moment first, Moment last, int snapshots) implements HistoryPoint {}

    /** The kernel's tables do not have the socket yet; a later snapshot lists it. */
    record NotYet(Moment first, Moment last, int snapshots) implements HistoryPoint {}
}
