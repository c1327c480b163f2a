/** The choice of one network namespace of a capture. */
@NullMarked
package dev.sockreel.netns;

import org.jspecify.annotations.NullMarked;
