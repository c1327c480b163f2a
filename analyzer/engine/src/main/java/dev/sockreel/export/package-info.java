/** Sockets and dumps, written for other programs. */
@NullMarked
package dev.sockreel.export;

import org.jspecify.annotations.NullMarked;
