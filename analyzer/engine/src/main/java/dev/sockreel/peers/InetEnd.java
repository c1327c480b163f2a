package dev.sockreel.peers;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import org.jspecify.annotations.Nullable;

/** One end's address and port in ss -n's notation. */
final class InetEnd {
    private static final String MAPPED = "[::ffff:";

    /** {@code [::ffff:127.0.0.1]:80} as {@code 127.0.0.1:80}, any other as it is. */
    static String unmapped(String end) {
        int bracket = end.indexOf(']');
        boolean mapped = end.startsWith(MAPPED) && bracket > 0 && end.indexOf('.') > 0;
        return mapped ? end.substring(MAPPED.length(), bracket) + end.substring(bracket + 1) : end;
    }

    static boolean isLoopback(String end) {
        return end.startsWith("127.") || end.startsWith("[::1]:");
    }

    /** {@code 0.0.0.0}, {@code [::]} or {@code *}. */
    static boolean isAnyAddress(@Nullable String end) {
        return end != null && (end.startsWith("0.0.0.0:") || end.startsWith("[::]:") || end.startsWith("*:"));
    }

    /** Whether a listener would have got this connection, by what its own end's address is. */
    static boolean accepts(SocketRow listener, SocketRow row) {
        Socket l = listener.socket();
        Socket s = row.socket();
        String listening = l.local();
        String connected = s.local();
        return l.isListener()
                && !s.isListener()
                && l.netid().equals(s.netid())
                && listener.netns() == row.netns()
                && listening != null
                && connected != null
                && accepts(listening, connected);
    }

    /**
     * @param listening {@code 127.0.0.1:80}, {@code 0.0.0.0:80}, {@code [::]:80} (IPv6 alone), {@code *:80} (both)
     * @param connected the near end of a connection
     */
    static boolean accepts(String listening, String connected) {
        String at = unmapped(listening);
        String end = unmapped(connected);
        if (at.equals(end)) {
            return true;
        }
        int colon = at.lastIndexOf(':');
        if (colon < 0 || !end.endsWith(at.substring(colon))
                || end.lastIndexOf(':') != end.length() - (at.length() - colon)) {
            return false;
        }
        return switch (at.substring(0, colon)) {
            case "*" -> true;
            case "0.0.0.0" -> !end.startsWith("[");
            case "[::]" -> end.startsWith("[");
            default -> false;
        };
    }

    private InetEnd() {}
}
