/** One dump: its messages put together from datagrams, its faults and its verdict. */
@NullMarked
package dev.sockreel.dump;

import org.jspecify.annotations.NullMarked;
