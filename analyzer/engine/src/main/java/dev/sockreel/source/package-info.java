/** Imports of other tools' recordings into captures. */
@NullMarked
package dev.sockreel.source;

import org.jspecify.annotations.NullMarked;
