/** Opens the files that commands read: what is no plain file is made readable at any place first. */
@NullMarked
package dev.sockreel.input;

import org.jspecify.annotations.NullMarked;
