/** Attributes and structs of sock_diag as tables: name, offset, width, as the uapi headers have them. */
@NullMarked
package dev.sockreel.sockdiag.attribute;

import org.jspecify.annotations.NullMarked;
