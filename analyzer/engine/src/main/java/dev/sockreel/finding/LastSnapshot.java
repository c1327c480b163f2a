package dev.sockreel.finding;

/**
 * What the last snapshot shows by itself, for recordings that are too short for a window.
 *
 * @param snapshots    of the run
 * @param needed       snapshots that a window needs
 * @param waiting      sockets with something to receive
 * @param unreadBytes  in those of them whose bytes are known
 * @param oldestMs     the longest time for which some unread data has waited at least, ms (tcpi_last_data_recv)
 * @param closeWait    tcp connections in CLOSE-WAIT
 * @param unaccepted   tcp connections that no process has accepted
 */
public record LastSnapshot(
        int snapshots, int needed, int waiting, long unreadBytes, long oldestMs, int closeWait, int unaccepted) {
    /** Returns whether a window cannot exist. */
    public boolean isTooFew() {
        return snapshots < needed;
    }
}
