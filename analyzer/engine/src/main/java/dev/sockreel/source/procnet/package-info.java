/** Imports copies of /proc/net from a folder, a support bundle or a tar archive of one. */
@NullMarked
package dev.sockreel.source.procnet;

import org.jspecify.annotations.NullMarked;
