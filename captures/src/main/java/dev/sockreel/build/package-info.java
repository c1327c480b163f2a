/** What this build is: its version and commit. */
@NullMarked
package dev.sockreel.build;

import org.jspecify.annotations.NullMarked;
