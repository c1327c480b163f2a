/** Evidence about the host: /proc, owners, namespaces, diag modules. */
@NullMarked
package dev.sockreel.recorder.host;

import org.jspecify.annotations.NullMarked;
