/** System calls and netlink sockets: the only code that calls foreign functions. */
@NullMarked
package dev.sockreel.recorder.kernel;

import org.jspecify.annotations.NullMarked;
