@NullMarked
package dev.sockreel.series;

import org.jspecify.annotations.NullMarked;
