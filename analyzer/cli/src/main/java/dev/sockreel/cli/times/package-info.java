/** Times as people read and write them: in UTC and, on request, in a local time zone beside it. */
@NullMarked
package dev.sockreel.cli.times;

import org.jspecify.annotations.NullMarked;
