package dev.sockreel.track;

import dev.sockreel.finding.LastSnapshot;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.attribute.TcpInfo;

/** Counts what one snapshot alone shows, without judging it. */
public final class Glance {
    private int unreadSockets;
    private long unreadBytes;
    private long oldestMs;
    private int closeWait;
    private int unaccepted;
    private int snapshots;

    /** Begins a snapshot; the counts of the one before are dropped. */
    public void begin() {
        snapshots++;
        unreadSockets = 0;
        unreadBytes = 0;
        oldestMs = 0;
        closeWait = 0;
        unaccepted = 0;
    }

    public void see(SocketRow row) {
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

    public LastSnapshot finish(Thresholds thresholds) {
        return new LastSnapshot(
                snapshots, thresholds.minSnapshots(), unreadSockets, unreadBytes, oldestMs, closeWait, unaccepted);
    }
}
