/**
 * The records of a snapshot that are no datagrams, written into columns as what is not predicted from the same records
 * of the snapshot before.
 *
 * <p>A body is parsed by the layout of its type into a tree of units: rows, lists of rows, texts, their lines. A walk
 * over the tree, which is the same code in writer and reader, predicts each number and each piece of text from the unit
 * it was matched with and codes where the prediction fails.
 */
@NullMarked
package dev.sockreel.delta.record;

import org.jspecify.annotations.NullMarked;
