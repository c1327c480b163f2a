@NullMarked
package dev.sockreel.procnet;

import org.jspecify.annotations.NullMarked;
