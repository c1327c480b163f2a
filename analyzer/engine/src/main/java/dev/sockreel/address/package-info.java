/**
 * Addresses of sockets as values. A {@link dev.sockreel.address.SocketAddress} is made from the kernel's bytes when it
 * is asked for and becomes text last, in {@link dev.sockreel.address.AddressText}, the only class that knows the
 * notation of {@code ss -n}. Names that somebody else chose become text in {@link dev.sockreel.wording.PrintableName}.
 */
@NullMarked
package dev.sockreel.address;

import org.jspecify.annotations.NullMarked;
