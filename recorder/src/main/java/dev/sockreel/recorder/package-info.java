/**
 * The recorder, from live kernel to capture file. It queries sock_diag, stores the kernel's answers byte for byte, and
 * adds facts about the host from /proc. It interprets no value of a socket.
 */
@NullMarked
package dev.sockreel.recorder;

import org.jspecify.annotations.NullMarked;
