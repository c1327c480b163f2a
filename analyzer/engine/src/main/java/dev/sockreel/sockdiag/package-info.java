/** From the bytes of one sock_diag message to values whose meaning is known. One file a family. */
@NullMarked
package dev.sockreel.sockdiag;

import org.jspecify.annotations.NullMarked;
