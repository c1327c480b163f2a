/** Facts about the host: /proc, owners of sockets, namespaces, diag modules. */
@NullMarked
package dev.sockreel.recorder.host;

import org.jspecify.annotations.NullMarked;
