package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.track.Found;
import dev.sockreel.track.Holders;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Data waits on a socket that has an inode but no process: its descriptor is in flight (SCM_RIGHTS), or it is the
 * kernel's own. Reported only where a complete scan of processes, made after the dump, found nobody.
 */
final class NoOwnerUnread implements Detector {
    static final String ID = "no-owner-unread";

    @Override
    public boolean follows(SocketRow row) {
        return UnreadUnproven.waits(row.socket()) && row.socket().inode() > 0;
    }

    @Override
    public Optional<Found> judge(Track track, DetectorContext context) {
        if (track.last().socket().isKernelsOwn()) {
            return Optional.empty();
        }
        Window window = track.longest(o -> o.isWaiting() && o.inode() > 0
                && (o.holders() == Holders.NOBODY || o.holders() == Holders.UNKNOWN));
        Window scanned = window.where(o -> o.holders() == Holders.NOBODY);
        if (scanned.snapshots() == 0 || !context.isLongEnough(window)) {
            return Optional.empty();
        }
        return Draft.of(ID, track, window)
                .severity(Severity.WARNING)
                .certainty(Certainty.LIKELY)
                .trend(window.trend().id())
                .evidence(NoOwnerUnread::evidence)
                .why("%s waited %s, and no process holds the socket (%s of all processes found none).".formatted(
                        FindingPhrases.waiting(window), FindingPhrases.during(window),
                        scanned.snapshots() == 1 ? "a scan" : scanned.snapshots() + " scans"))
                .next("Its descriptor may be in flight: look for a process that was sent it over a unix socket and has"
                        + " not received it. Otherwise the socket is the kernel's own (NFS, DLM).")
                .some();
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("recvQ", o.recvQ().kernelNumber());
        fields.put("recvQMeaning", o.recvQ().meaning().id());
        if (o.holders() == Holders.NOBODY) {
            fields.put("owners", 0);
        }
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
