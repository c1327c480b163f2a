/**
 * The queue between receiving and writing. Its thread masks secrets and passes records to the file.
 */
@NullMarked
package dev.sockreel.recorder.spool;

import org.jspecify.annotations.NullMarked;
