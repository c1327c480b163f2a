/** The order in which a capture's records stand, and what a reader does with those that contradict it. */
@NullMarked
package dev.sockreel.capture.order;

import org.jspecify.annotations.NullMarked;
