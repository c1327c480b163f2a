package dev.sockreel.sockdiag;

import dev.sockreel.sockdiag.attribute.InetDiagMsg;

/**
 * States of sctp associations (SCTP_STATE_*, include/net/sctp/constants.h). A socket and its association are two
 * rows with one cookie and inode: the socket's row has a TCP state number, the association's has one of these.
 */
public final class SctpState {
    private static final String[] NAMES = {
        "CLOSED", "COOKIE_WAIT", "COOKIE_ECHOED", "ESTAB", "SHUTDOWN_PENDING", "SHUTDOWN_SENT", "SHUTDOWN_RECEIVED",
        "ACK_SENT"
    };

    private static final int[] TCP_STATES = {
        TcpState.CLOSE, TcpState.SYN_SENT, TcpState.SYN_SENT, TcpState.ESTABLISHED, TcpState.FIN_WAIT1,
        TcpState.FIN_WAIT2, TcpState.CLOSE_WAIT, TcpState.LAST_ACK
    };

    /** Returns whether a row is an association: only these have INET_DIAG_PEERS. */
    static boolean isAssociation(DiagSocket s) {
        return s.protocol() == InetProtocol.IPPROTO_SCTP && s.has(InetDiagMsg.INET_DIAG_PEERS);
    }

    /**
     * Returns ss's name.
     *
     * @param state a whole u32 in sctp_info
     */
    public static String name(long state) {
        return state >= 0 && state < NAMES.length ? NAMES[(int) state] : "state-" + state;
    }

    /** Returns the nearest TCP state. */
    static int tcpState(int state) {
        return state < TCP_STATES.length ? TCP_STATES[state] : state;
    }

    private SctpState() {}
}
