@NullMarked
package dev.sockreel.capture;
