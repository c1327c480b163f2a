/** {@code demo}: broken sockets of this machine's own, recorded and judged. */
@NullMarked
package dev.sockreel.cli.demo;

import org.jspecify.annotations.NullMarked;
