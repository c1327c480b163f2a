/** Imports datagram-log folders, which a small C program can write. */
@NullMarked
package dev.sockreel.source.log;

import org.jspecify.annotations.NullMarked;
