/** One dump: its messages, assembled from datagrams, its faults and its verdict. */
@NullMarked
package dev.sockreel.dump;

import org.jspecify.annotations.NullMarked;
