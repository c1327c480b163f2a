/** Histories: what each snapshot of one or more captures shows of a socket. */
@NullMarked
package dev.sockreel.history;

import org.jspecify.annotations.NullMarked;
