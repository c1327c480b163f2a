package dev.sockreel.detector;

import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.attribute.SkMemInfo;
import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import dev.sockreel.wording.Counted;
import java.util.Map;
import java.util.Optional;

/**
 * A socket's drop counter grew (SK_MEMINFO_DROPS). What it counts depends on the kind of socket. No minimum duration
 * applies.
 */
final class Drops implements Detector {
    static final String ID = "drops";

    @Override
    public boolean follows(SocketRow row) {
        return row.socket().value(SkMemInfo.DROPS, 0) > 0;
    }

    @Override
    public Optional<Found> judge(Track track, DetectorContext context) {
        Window counted = track.longest(o -> o.drops() != Observation.UNKNOWN);
        if (counted.snapshots() == 0) {
            return Optional.empty();
        }
        // a socket listed before is followed from its first drop on, so its counter was 0
        long before = track.wasListedBefore() ? 0 : counted.first().drops();
        long dropped = counted.last().drops() - before & 0xffffffffL; // the counter has 32 bits
        if (dropped == 0) {
            return Optional.empty();
        }
        DropKind kind = DropKind.of(track.last().socket());
        return Draft.of(ID, track, counted)
                .severity(kind.severity())
                .certainty(Certainty.PROVED)
                .evidence(o -> new Evidence(o.snapshot(), o.time(), Map.of(SkMemInfo.DROPS.name(), o.drops())))
                .why("%s: its drop counter rose from %d to %d%s.".formatted(
                        kind.sentence(dropped), before, counted.last().drops(), host(kind, track, counted, context)))
                .next(kind.advice().isEmpty() ? "Nothing to do: tcp sends again what was not taken."
                        : FindingPhrases.lookAtOwners(track.last(), counted) + " " + kind.advice())
                .some();
    }

    /** Returns a clause on the host's counter of what this kind of socket may have dropped; empty when it did not grow. */
    private static String host(DropKind kind, Track track, Window window, DetectorContext context) {
        long netns = track.last().netns();
        return switch (kind) {
            case LISTENER -> context.host().in(window, netns, HostGrowth.LISTEN_OVERFLOWS).stream()
                    .filter(n -> n > 0)
                    .mapToObj(n -> "; the namespace counted " + Counted.of(n, "overflow", "overflows")
                            + " of accept queues meanwhile (ListenOverflows)")
                    .findFirst()
                    .orElse("");
            case DATAGRAM -> {
                long full = context.host().in(window, netns, HostGrowth.UDP_RCVBUF_ERRORS).orElse(0)
                        + context.host().in(window, netns, HostGrowth.UDP6_RCVBUF_ERRORS).orElse(0);
                yield full <= 0 ? "" : "; the namespace counted " + Counted.of(full, "full receive buffer",
                        "full receive buffers") + " meanwhile (RcvbufErrors)";
            }
            default -> "";
        };
    }
}
