/**
 * Detectors, one class for each kind of finding. A track follows one socket through the snapshots; a window is the part
 * of it that shows a problem.
 */
@NullMarked
package dev.sockreel.detector;

import org.jspecify.annotations.NullMarked;
