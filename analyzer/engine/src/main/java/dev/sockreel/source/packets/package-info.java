/** Imports packet files of an nlmon device by finding the sock_diag dumps among the packets. */
@NullMarked
package dev.sockreel.source.packets;

import org.jspecify.annotations.NullMarked;
