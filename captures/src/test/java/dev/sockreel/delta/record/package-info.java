@NullMarked
package dev.sockreel.delta.record;

import org.jspecify.annotations.NullMarked;
