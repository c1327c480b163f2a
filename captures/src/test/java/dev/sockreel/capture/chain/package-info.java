@NullMarked
package dev.sockreel.capture.chain;

import org.jspecify.annotations.NullMarked;
