package dev.sockreel.detector;

import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.wording.Counted;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kernel dropped packets or datagrams that had arrived for a socket: its drop counter grew. No minimum duration
 * applies.
 */
final class Drops implements Detector {
    static final String ID = "drops";

    @Override
    public boolean follows(SocketRow row) {
        return row.socket().value(SkMemInfo.DROPS).orElse(0) > 0;
    }

    @Override
    public Optional<Finding> judge(Track track, DetectorContext context) {
        List<Observation> counted =
                track.observations().stream().filter(o -> o.drops() != Observation.UNKNOWN).toList();
        if (counted.isEmpty()) {
            return Optional.empty();
        }
        Observation last = counted.getLast();
        // a socket listed before is followed from its first drop on, so its counter was 0
        long before = track.wasListedBefore() ? 0 : counted.getFirst().drops();
        long dropped = last.drops() - before & 0xffffffffL; // the counter has 32 bits
        if (dropped == 0) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                ID,
                Severity.WARNING,
                FindingPhrases.atMost(track, Certainty.PROVED),
                track.last(),
                counted.getFirst().time(),
                last.time(),
                counted.stream().mapToInt(Observation::standsFor).sum(),
                null,
                counted.stream()
                        .map(o -> new Evidence(o.snapshot(), o.time(), Map.of(SkMemInfo.DROPS.name(), o.drops())))
                        .toList(),
                "The kernel dropped %s for this socket: its drop counter rose from %d to %d.".formatted(
                        Counted.of(dropped, "more packet or datagram", "more packets or datagrams"), before,
                        last.drops()),
                FindingPhrases.lookAtOwners(track.last())
                        + " The socket is not read often enough, or its receive buffer (SO_RCVBUF) is too small."));
    }
}
