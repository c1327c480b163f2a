/** Sockets in the order of their fields. */
@NullMarked
package dev.sockreel.order;

import org.jspecify.annotations.NullMarked;
