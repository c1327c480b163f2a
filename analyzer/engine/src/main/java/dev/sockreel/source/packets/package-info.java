/** Imports packet files of an nlmon device: finds the sock_diag dumps among the packets. */
@NullMarked
package dev.sockreel.source.packets;

import org.jspecify.annotations.NullMarked;
