package dev.sockreel.cli.ss;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.TcpState;

/** Masks of 1 &lt;&lt; state for ss's options. */
final class StateMask {
    static final int ALL = (1 << (TcpState.BOUND_INACTIVE + 1)) - 1;
    static final int CLOSE = 1 << TcpState.CLOSE;
    static final int ESTABLISHED = 1 << TcpState.ESTABLISHED;
    static final int LISTEN = 1 << TcpState.LISTEN;
    /** The states of {@code -l}. */
    static final int LISTENING = LISTEN | CLOSE;
    /** The state of {@code -B}. */
    static final int BOUND_INACTIVE = 1 << TcpState.BOUND_INACTIVE;
    /** The states without -a, -l, -B and `state`. A filter's `connected` has TIME-WAIT and SYN-RECV too. */
    static final int CONNECTED_BY_DEFAULT =
            ALL & ~(LISTENING | (1 << TcpState.TIME_WAIT) | (1 << TcpState.SYN_RECV));
    static final int TIPC = ESTABLISHED | LISTENING;

    /** Returns the states that an option with a family shows. */
    static int ofFamily(int family) {
        return switch (family) {
            case Family.AF_PACKET, Family.AF_NETLINK, Family.AF_XDP -> CLOSE;
            case Family.AF_TIPC -> TIPC;
            default -> CONNECTED_BY_DEFAULT;
        };
    }

    private StateMask() {}
}
