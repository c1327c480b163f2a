/** What every command prints with {@code --help} and {@code --version}. */
@NullMarked
package dev.sockreel.recorder.help;

import org.jspecify.annotations.NullMarked;
