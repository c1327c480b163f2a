package dev.sockreel.report;

/**
 * Limits that keep a report small whatever the captures hold.
 *
 * @param sockets       sockets shown
 * @param pointsOfFound points in the history of a socket with findings, or of its other end
 * @param pointsOfOther points in the history of any other socket
 * @param talks         sockets whose other ends are searched
 * @param columns       columns of the timeline, and of the states of processes
 * @param processes     processes whose states are followed
 */
public record ReportLimits(
        int sockets, int pointsOfFound, int pointsOfOther, int talks, int columns, int processes) {
    public static final ReportLimits DEFAULT = new ReportLimits(2000, 240, 16, 100, 120, 100);
}
