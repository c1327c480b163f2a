@NullMarked
package dev.sockreel.unseen;
