/**
 * Detectors: one class each; a track follows one socket through the snapshots, a window is the part of it that shows
 * a fault.
 */
@NullMarked
package dev.sockreel.detector;

import org.jspecify.annotations.NullMarked;
