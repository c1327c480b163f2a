/** Names of the files that commands read and write: {@code -}, {@code --output}, {@code --force}. */
@NullMarked
package dev.sockreel.cli.naming;

import org.jspecify.annotations.NullMarked;
