/** Sockets and dumps, written for other programs. */
@NullMarked
package dev.sockreel.export;
