/** Which families are asked for, and the bytes of each request. */
@NullMarked
package dev.sockreel.recorder.family;

import org.jspecify.annotations.NullMarked;
