/**
 * Decodes sock_diag messages into values with a known meaning. {@link dev.sockreel.sockdiag.DumpRequest} describes the
 * request, {@link dev.sockreel.sockdiag.SocketDecoder} moves one {@link dev.sockreel.sockdiag.DiagSocket} from message
 * to message, and one class per family ({@code InetFamily}, {@code UnixFamily}, …, listed in {@code Families})
 * interprets its header and queues. A new attribute is one row of its family's {@code AttributeTable}; a new field one
 * line of its {@code StructTable}.
 */
@NullMarked
package dev.sockreel.sockdiag;

import org.jspecify.annotations.NullMarked;
