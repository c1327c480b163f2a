@NullMarked
package dev.sockreel.unseen;

import org.jspecify.annotations.NullMarked;
