/**
 * Live kernel to capture file. It asks sock_diag, keeps what the kernel answers byte for byte, and adds what /proc
 * says of the host. It interprets no value of a socket.
 */
@NullMarked
package dev.sockreel.recorder;

import org.jspecify.annotations.NullMarked;
