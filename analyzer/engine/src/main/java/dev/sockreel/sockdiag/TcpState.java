package dev.sockreel.sockdiag;

/** The states' numbers in the kernel (include/net/tcp_states.h) and names in ss; unix and others use the same. */
public final class TcpState {
    public static final int ESTABLISHED = 1;
    public static final int SYN_SENT = 2;
    public static final int SYN_RECV = 3;
    public static final int FIN_WAIT1 = 4;
    public static final int FIN_WAIT2 = 5;
    public static final int TIME_WAIT = 6;
    public static final int CLOSE = 7;
    public static final int CLOSE_WAIT = 8;
    public static final int LAST_ACK = 9;
    public static final int LISTEN = 10;
    public static final int CLOSING = 11;
    public static final int NEW_SYN_RECV = 12;
    public static final int BOUND_INACTIVE = 13;

    private static final String[] NAMES = {
        "UNKNOWN", "ESTAB", "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "UNCONN", "CLOSE-WAIT",
        "LAST-ACK", "LISTEN", "CLOSING", "NEW-SYN-RECV", "BOUND-INACTIVE"
    };

    /** Returns the state's name in ss, or {@code state-N}. */
    public static String name(int state) {
        return state >= 0 && state < NAMES.length ? NAMES[state] : "state-" + state;
    }

    private TcpState() {}
}
