/** The version and commit of this build. */
@NullMarked
package dev.sockreel.build;

import org.jspecify.annotations.NullMarked;
