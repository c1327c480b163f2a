@NullMarked
package dev.sockreel.capture;

import org.jspecify.annotations.NullMarked;
