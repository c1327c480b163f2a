package dev.sockreel.track;

import dev.sockreel.finding.LastSnapshot;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import org.jspecify.annotations.Nullable;

/** Counts what one snapshot alone shows, without judging it. */
public final class Glance {
    private int unreadSockets;
    private long unreadBytes;
    private long oldestMs;
    private int closeWait;
    private int unaccepted;

    private Glance() {}

    /**
     * Returns what a run's last snapshot shows.
     *
     * @param last      null for a run without snapshots
     * @param snapshots number of snapshots of the run
     */
    public static LastSnapshot at(@Nullable Snapshot last, int snapshots, Thresholds thresholds) {
        Glance glance = new Glance();
        if (last != null) {
            new SnapshotSockets(last).forEach(row -> {
                if (!row.isRecorders()) {
                    glance.see(row);
                }
            });
        }
        return glance.counts(snapshots, thresholds);
    }

    private void see(SocketRow row) {
        Socket s = row.socket();
        if (Boolean.TRUE.equals(s.waiting()) && s.family() != Family.AF_NETLINK) { // among them the recorder's own
            unreadSockets++;
            long unread = s.unread().orElse(0);
            unreadBytes += unread;
            oldestMs = unread > 0 ? Math.max(oldestMs, s.value(TcpInfo.LAST_DATA_RECV, 0)) : oldestMs;
        }
        if (s.protocol() == InetProtocol.IPPROTO_TCP) {
            closeWait += s.stateNumber() == TcpState.CLOSE_WAIT ? 1 : 0;
            unaccepted += Listeners.isUnaccepted(s) ? 1 : 0;
        }
    }

    private LastSnapshot counts(int snapshots, Thresholds thresholds) {
        return new LastSnapshot(
                snapshots, thresholds.minSnapshots(), unreadSockets, unreadBytes, oldestMs, closeWait, unaccepted);
    }
}
