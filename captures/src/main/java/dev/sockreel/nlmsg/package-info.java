/**
 * Netlink framing: nlmsghdr and nlattr over one bounds-checked reader. Of socket families it knows only
 * {@link dev.sockreel.nlmsg.RecordLayout} and {@link dev.sockreel.nlmsg.DiagModule}.
 */
@NullMarked
package dev.sockreel.nlmsg;

import org.jspecify.annotations.NullMarked;
