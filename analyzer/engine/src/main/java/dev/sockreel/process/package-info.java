/** Processes that hold sockets: command line, unit, container, and what their threads wait for. */
@NullMarked
package dev.sockreel.process;

import org.jspecify.annotations.NullMarked;
