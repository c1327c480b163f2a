/** What is wrong, with evidence: detectors that fold over snapshots. */
@NullMarked
package dev.sockreel.finding;

import org.jspecify.annotations.NullMarked;
