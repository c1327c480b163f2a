@NullMarked
package dev.sockreel.procnet;
