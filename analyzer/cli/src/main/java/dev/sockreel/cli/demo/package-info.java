/** The {@code demo} command: starts stuck processes, records them and shows who is to blame. */
@NullMarked
package dev.sockreel.cli.demo;

import org.jspecify.annotations.NullMarked;
