/**
 * The queue between receiving and writing: masks secrets, encodes and hands records to the file, on a thread of its
 * own.
 */
@NullMarked
package dev.sockreel.recorder.spool;

import org.jspecify.annotations.NullMarked;
