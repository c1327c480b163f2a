@NullMarked
package dev.sockreel.build;

import org.jspecify.annotations.NullMarked;
