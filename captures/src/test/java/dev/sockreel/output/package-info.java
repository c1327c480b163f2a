@NullMarked
package dev.sockreel.output;

import org.jspecify.annotations.NullMarked;
