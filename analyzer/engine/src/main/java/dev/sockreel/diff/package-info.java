/** What is different between two snapshots of one boot. */
@NullMarked
package dev.sockreel.diff;
