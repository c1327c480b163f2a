/** What is said of errors that no command expects: of the JVM, of the class path, and on threads of the background. */
@NullMarked
package dev.sockreel.failure;

import org.jspecify.annotations.NullMarked;
