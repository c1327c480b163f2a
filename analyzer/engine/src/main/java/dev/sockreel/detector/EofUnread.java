package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A socket stays in CLOSE-WAIT throughout the window: the other end has closed, and the application has either not read
 * the EOF or not closed. If the queue is 0, the kernel does not show which: a FIN that came with the last data counts
 * as read with it.
 */
final class EofUnread implements Detector {
    static final String ID = "eof-unread";

    @Override
    public boolean follows(SocketRow row) {
        Socket s = row.socket();
        return s.protocol() == InetProtocol.IPPROTO_TCP && s.stateNumber() == TcpState.CLOSE_WAIT;
    }

    @Override
    public Optional<Finding> judge(Track track, DetectorContext context) {
        // without an inode no process has accepted it, which is another finding
        Window window = track.longest(o -> o.state() == TcpState.CLOSE_WAIT && o.inode() > 0
                && (o.recvQ() instanceof Queue.SequenceBytes));
        if (!window.reaches(context.thresholds())) {
            return Optional.empty();
        }
        boolean unread = window.last().recvQ().kernelNumber() > 0;
        return Optional.of(new Finding(
                ID,
                Severity.WARNING,
                FindingPhrases.atMost(track, Certainty.PROVED),
                track.last(),
                window.first().time(),
                window.last().time(),
                window.snapshots(),
                null,
                window.observations().stream().map(EofUnread::evidence).toList(),
                "The other end closed the connection, but the application did not %s %s%s.".formatted(
                        unread ? "read the end of the stream" : "close its own end",
                        FindingPhrases.during(window),
                        unread ? "" : "; it is not known whether it has read the end of the stream"),
                FindingPhrases.lookAtOwners(track.last())));
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("recvQ", o.recvQ().kernelNumber());
        fields.put("unread", o.unread());
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
