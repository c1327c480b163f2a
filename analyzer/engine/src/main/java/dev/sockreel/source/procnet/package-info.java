/** Imports copies of /proc/net from a folder, a support bundle or its tar. */
@NullMarked
package dev.sockreel.source.procnet;

import org.jspecify.annotations.NullMarked;
