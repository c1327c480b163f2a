/** Text as the UTF-8 bytes that are written, so that rows by the hundred thousand need no object a number or name. */
@NullMarked
package dev.sockreel.utf8;

import org.jspecify.annotations.NullMarked;
