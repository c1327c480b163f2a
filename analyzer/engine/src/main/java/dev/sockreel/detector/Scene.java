package dev.sockreel.detector;

import dev.sockreel.finding.Thresholds;

/**
 * What a detector may look at beside the track it judges.
 *
 * @param listeners of the last snapshots, with what waits in their queues
 */
record Scene(Thresholds thresholds, Listeners listeners) {}
