package dev.sockreel.track;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.TcpState;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The socket's row at the end of the longest run of each condition that a finding may rest on, so that a finding can
 * show the socket as of its window. One row a condition is kept.
 */
final class WindowEnds {
    /** Conditions: whether an observation goes on with what the one before it showed. */
    private static final List<BiPredicate<Observation, Observation>> LASTING = List.of(
            (a, b) -> a.unread() > 0 && b.unread() > 0 && b.position() <= a.position(),
            (a, b) -> a.isWaiting() && b.isWaiting(),
            (a, b) -> a.state() == TcpState.CLOSE_WAIT && b.state() == TcpState.CLOSE_WAIT,
            (a, b) -> a.isUnaccepted() && b.isUnaccepted(),
            (a, b) -> a.isFullQueue() && b.isFullQueue(),
            (a, b) -> hasClients(a) && hasClients(b),
            (a, b) -> a.sendQ().kernelNumber() > 0 && b.sendQ().kernelNumber() > 0
                    && a.tcp().acked() == b.tcp().acked(),
            (a, b) -> a.state() == TcpState.SYN_SENT && b.state() == TcpState.SYN_SENT);

    private final int[] length = new int[LASTING.size()];
    private final int[] longest = new int[LASTING.size()];
    private final @Nullable SocketRow[] rows = new SocketRow[LASTING.size()];

    private static boolean hasClients(Observation o) {
        return o.pendingClients() != null && !o.pendingClients().isEmpty();
    }

    /** @param row the row of {@code before} */
    void step(Observation before, Observation now, SocketRow row) {
        for (int i = 0; i < LASTING.size(); i++) {
            if (LASTING.get(i).test(before, now)) {
                length[i]++;
            } else {
                if (length[i] > longest[i]) {
                    longest[i] = length[i];
                    rows[i] = row;
                }
                length[i] = 0;
            }
        }
    }

    /** Returns the row of an observation if it ended a longest run, else null. */
    @Nullable
    SocketRow at(Observation end) {
        for (SocketRow row : rows) {
            if (row != null && row.snapshot() == end.snapshot() && row.time().equals(end.time())) {
                return row;
            }
        }
        return null;
    }
}
