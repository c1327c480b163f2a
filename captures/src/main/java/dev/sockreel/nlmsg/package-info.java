/**
 * Netlink framing: nlmsghdr and nlattr over one bounds-checked reader. All it knows about socket families are
 * {@link dev.sockreel.nlmsg.RecordLayout} and {@link dev.sockreel.nlmsg.DiagModule}.
 */
@NullMarked
package dev.sockreel.nlmsg;

import org.jspecify.annotations.NullMarked;
