package dev.sockreel.report;

/**
 * What keeps a report small, whatever the captures hold.
 *
 * @param sockets       that are shown at most
 * @param pointsOfFound points in the history of a socket that is found wrong, or is the other end of one
 * @param pointsOfOther points in the history of any other
 * @param talks         sockets whose other ends are looked for: each costs two walks over a snapshot
 * @param columns       of the timeline
 */
public record ReportLimits(int sockets, int pointsOfFound, int pointsOfOther, int talks, int columns) {
    public static final ReportLimits DEFAULT = new ReportLimits(2000, 240, 16, 100, 120);
}
