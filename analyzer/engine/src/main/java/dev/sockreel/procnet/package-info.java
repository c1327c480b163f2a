/** Reads the text of /proc/net to sockets, for hosts whose kernel had no sock_diag handler. Each table is a class. */
@NullMarked
package dev.sockreel.procnet;

import org.jspecify.annotations.NullMarked;
