/** Options that select captures, snapshots and sockets; shared by all commands. */
@NullMarked
package dev.sockreel.cli.choosing;

import org.jspecify.annotations.NullMarked;
