/** Attributes and structs of sock_diag as tables of names, offsets and widths, as in the uapi headers. */
@NullMarked
package dev.sockreel.sockdiag.attribute;

import org.jspecify.annotations.NullMarked;
