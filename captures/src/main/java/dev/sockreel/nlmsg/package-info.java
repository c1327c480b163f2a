/**
 * Netlink framing, nlmsghdr and nlattr over one bounds-checked reader, and {@link dev.sockreel.nlmsg.Family}, the one
 * table of socket families.
 */
@NullMarked
package dev.sockreel.nlmsg;

import org.jspecify.annotations.NullMarked;
