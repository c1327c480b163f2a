/** One self-contained page that opens from disk: what is wrong, what could not be seen, and the sockets. */
@NullMarked
package dev.sockreel.cli.html;

import org.jspecify.annotations.NullMarked;
