package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
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
    public Optional<Found> judge(Track track, DetectorContext context) {
        // without an inode no process has accepted it, which is another finding
        Window window = track.longest(o -> o.state() == TcpState.CLOSE_WAIT && o.inode() > 0
                && (o.recvQ() instanceof Queue.SequenceBytes));
        if (!context.isLongEnough(window)) {
            return Optional.empty();
        }
        boolean unread = window.last().recvQ().kernelNumber() > 0;
        return Draft.of(ID, track, window)
                .severity(Severity.WARNING)
                .certainty(Certainty.PROVED)
                .evidence(EofUnread::evidence)
                .why("The other end closed the connection, but the application did not %s %s%s.".formatted(
                        unread ? "read the end of the stream" : "close its own end",
                        FindingPhrases.during(window),
                        unread ? "" : "; it is not known whether it has read the end of the stream")
                        + FindingPhrases.stopped(window))
                .next(FindingPhrases.lookAtOwners(track.rowAt(window), window))
                .some();
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("recvQ", o.recvQ().kernelNumber());
        fields.put("unread", o.unread());
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
