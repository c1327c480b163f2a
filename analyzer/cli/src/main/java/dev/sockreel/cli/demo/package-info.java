/** The {@code demo} command: makes broken sockets, records them and shows what is wrong. */
@NullMarked
package dev.sockreel.cli.demo;

import org.jspecify.annotations.NullMarked;
