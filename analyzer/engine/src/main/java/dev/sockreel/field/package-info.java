/** The fields of a socket, one table for all that names them: JSON, CSV, filters, differences and FIELDS.md. */
@NullMarked
package dev.sockreel.field;

import org.jspecify.annotations.NullMarked;
