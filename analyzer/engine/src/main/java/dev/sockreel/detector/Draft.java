package dev.sockreel.detector;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.finding.Finding;
import dev.sockreel.snapshot.HeldRow;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import dev.sockreel.track.Track;
import dev.sockreel.track.Window;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A finding in the making. */
final class Draft {
    private final String id;
    private final Track track;
    private final Window window;
    private Severity severity = Severity.WARNING;
    private Certainty certainty = Certainty.LIKELY;
    private @Nullable String trend;
    private List<Evidence> evidence = List.of();
    private List<SocketRow> listeners = List.of();
    private boolean moves;
    private boolean ended;
    private @Nullable Found root;
    private @Nullable SocketRow socket;
    private String why = "";
    private String next = "";

    private Draft(String id, Track track, Window window) {
        this.id = id;
        this.track = track;
        this.window = window;
    }

    static Draft of(String id, Track track, Window window) {
        return new Draft(id, track, window);
    }

    Draft severity(Severity value) {
        severity = value;
        return this;
    }

    Draft certainty(Certainty value) {
        certainty = value;
        return this;
    }

    Draft trend(String value) {
        trend = value;
        return this;
    }

    Draft evidence(Function<Observation, Evidence> each) {
        evidence = window.observations().stream().map(each).toList();
        return this;
    }

    Draft listeners(List<SocketRow> rows) {
        listeners = rows;
        return this;
    }

    /** Sets another socket than the track's own: a connection's listener. */
    Draft socket(SocketRow row) {
        socket = row;
        return this;
    }

    /** Sets that something moves meanwhile, so that nobody hangs for good. */
    Draft moves(boolean value) {
        moves = value;
        return this;
    }

    /** Sets that what stood still moved on after the window. */
    Draft ended(boolean value) {
        ended = value;
        return this;
    }

    Draft root(@Nullable Found value) {
        root = value;
        return this;
    }

    Draft why(String sentence) {
        why = sentence;
        return this;
    }

    Draft next(String sentence) {
        next = sentence;
        return this;
    }

    Found found() {
        Finding finding = new Finding(
                id, "", severity, FindingPhrases.atMost(track, certainty),
                lean(socket == null ? track.rowAt(window) : socket), window.first().time(),
                window.last().time(), atLeastSince(), window.snapshots(), trend, evidence, why, next);
        return new Found(finding, track, window, listeners, moves || (root != null && root.moves()), ended,
                root);
    }

    Optional<Found> some() {
        return Optional.of(found());
    }

    /** There may be thousands of findings about sockets of one process with hundreds of threads. */
    private static SocketRow lean(SocketRow row) {
        return row instanceof HeldRow held ? held.lean() : row;
    }

    /**
     * Returns when the newest data that waited at the window's begin had arrived: all that is unread then has waited
     * since, or longer.
     */
    private ReceiveTime atLeastSince() {
        Observation first = window.first();
        if (first.unread() <= 0 || first.lastDataRecvMs() == Observation.UNKNOWN || !first.time().isKnown()) {
            return ReceiveTime.NONE;
        }
        long ageNs = first.lastDataRecvMs() * 1_000_000L;
        return new ReceiveTime(first.time().realtimeNs() - ageNs, first.time().monotonicNs() == ReceiveTime.UNKNOWN
                ? ReceiveTime.UNKNOWN : first.time().monotonicNs() - ageNs);
    }
}
