/** From the text of /proc/net to sockets, for hosts whose kernel had no handler to ask. One file a table. */
@NullMarked
package dev.sockreel.procnet;

import org.jspecify.annotations.NullMarked;
