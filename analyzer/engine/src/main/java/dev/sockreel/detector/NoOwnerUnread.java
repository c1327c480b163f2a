package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.snapshot.SocketRow;
import java.util.LinkedHashMap;
import java.util.List;
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
    public Optional<Finding> judge(Track track, DetectorContext context) {
        if (track.last().socket().isKernelsOwn()) {
            return Optional.empty();
        }
        Window window = track.longest(o -> o.isWaiting() && o.inode() > 0
                && (o.holders() == Holders.NOBODY || o.holders() == Holders.UNKNOWN));
        List<Observation> scanned =
                window.observations().stream().filter(o -> o.holders() == Holders.NOBODY).toList();
        if (scanned.isEmpty() || !window.reaches(context.thresholds())) {
            return Optional.empty();
        }
        int scans = scanned.stream().mapToInt(Observation::standsFor).sum();
        return Optional.of(new Finding(
                ID,
                Severity.WARNING,
                Certainty.LIKELY,
                track.last(),
                window.first().time(),
                window.last().time(),
                window.snapshots(),
                window.trend().id(),
                scanned.stream().map(NoOwnerUnread::evidence).toList(),
                "%s waited %s, and no process holds the socket (%s of all processes found none).".formatted(
                        FindingPhrases.waiting(window), FindingPhrases.during(window),
                        scans == 1 ? "a scan" : scans + " scans"),
                "Its descriptor may be in flight: look for a process that was sent it over a unix socket and has not"
                        + " received it. Otherwise the socket is the kernel's own (NFS, DLM)."));
    }

    private static Evidence evidence(Observation o) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("recvQ", o.recvQ().kernelNumber());
        fields.put("recvQMeaning", o.recvQ().meaning().id());
        fields.put("owners", 0);
        return new Evidence(o.snapshot(), o.time(), fields);
    }
}
