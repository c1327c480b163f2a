package dev.sockreel.diff;

import org.jspecify.annotations.Nullable;

/**
 * A field that is not the same in two rows of one socket. Values are Long, BigInteger (a u64 above Long), String,
 * Boolean, List or Map (an attribute that the other row has not); null: not there, or not known.
 *
 * @param field its name, the names of what holds it before it: {@code recvQ},
 *              {@code attributes.INET_DIAG_INFO.tcpi_bytes_received}
 */
public record FieldChange(String field, @Nullable Object from, @Nullable Object to) {}
