package dev.sockreel.detector;

import dev.sockreel.finding.Thresholds;

/**
 * The context in which a detector judges a track.
 *
 * @param listeners of the last snapshot, with the connections in their queues
 */
record DetectorContext(Thresholds thresholds, Listeners listeners) {}
