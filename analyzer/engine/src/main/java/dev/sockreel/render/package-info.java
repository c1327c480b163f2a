/** Sockets, findings and differences as JSON objects, CSV cells and words. */
@NullMarked
package dev.sockreel.render;

import org.jspecify.annotations.NullMarked;
