/**
 * Decodes sock_diag messages to values whose meaning is known. {@link dev.sockreel.sockdiag.DumpRequest} says what was
 * asked, {@link dev.sockreel.sockdiag.SocketDecoder} moves one {@link dev.sockreel.sockdiag.DiagSocket}
 * from message to message, and a class a family ({@code InetFamily}, {@code UnixFamily}, …, listed in {@code Families})
 * says what its header and queues mean. A new attribute is one row of its family's {@code AttributeTable}; a new field
 * one line of its {@code StructTable}.
 */
@NullMarked
package dev.sockreel.sockdiag;

import org.jspecify.annotations.NullMarked;
