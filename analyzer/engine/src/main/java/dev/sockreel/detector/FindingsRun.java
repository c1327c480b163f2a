package dev.sockreel.detector;

import dev.sockreel.finding.DumpReport;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.snapshot.Absence;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotCookies;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the findings over the snapshots of one or more captures. Memory: the followed sockets (those with something
 * waiting, or a full queue), with a few observations each.
 */
public final class FindingsRun {
    private final DetectorContext context;
    private final Map<SocketIdentity, Track> tracks = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private final List<DumpReport> dumps = new ArrayList<>();
    private final CoverageRun coverage = new CoverageRun();
    private final Map<Detector, List<Track>> kept = new HashMap<>();
    private SnapshotCookies before = SnapshotCookies.NONE;
    private long turn;

    public FindingsRun(Thresholds thresholds) {
        this.context = new DetectorContext(thresholds, new Listeners());
    }

    /** Adds the next snapshot, in the order of time. */
    public void add(Snapshot snapshot) {
        turn++;
        snapshot.dumps().forEach(d -> dumps.add(DumpReport.of(snapshot, d)));
        coverage.add(snapshot);
        context.listeners().beginSnapshot();
        new SnapshotSockets(snapshot).forEach(this::follow);
        endUnseen(snapshot);
        before = SnapshotCookies.of(snapshot);
    }

    private void follow(SocketRow row) {
        context.listeners().see(row);
        boolean wanted = false;
        for (int i = 0; i < Detectors.ALL.size(); i++) {
            wanted |= Detectors.ALL.get(i).follows(row);
        }
        if (!wanted && tracks.isEmpty()) {
            return;
        }
        SocketIdentity key = row.identity();
        if (key == null) {
            return;
        }
        Track track = tracks.get(key);
        if (track != null) {
            track.add(row, turn);
            if (!wanted) {
                judge(track);
                tracks.remove(key);
            }
        } else if (wanted) {
            tracks.put(key, new Track(row, turn, before.has(key)));
        }
    }

    /** Ends the tracks of sockets that are gone. A snapshot that could not show the socket leaves its track open. */
    private void endUnseen(Snapshot snapshot) {
        Iterator<Track> all = tracks.values().iterator();
        while (all.hasNext()) {
            Track track = all.next();
            if (track.lastTurn() != turn && track.missed(Absence.of(snapshot, track.last()))) {
                judge(track);
                all.remove();
            }
        }
    }

    private void judge(Track track) {
        for (Detector detector : Detectors.ALL) {
            detector.judge(track, context).ifPresent(findings::add);
            if (detector.keeps(track, context)) {
                kept.computeIfAbsent(detector, d -> new ArrayList<>()).add(track);
            }
        }
    }

    /** Ends all tracks and returns the findings: the worst first, then the most certain, then the oldest. */
    public Findings finish() {
        tracks.values().forEach(this::judge);
        tracks.clear();
        List<Finding> sorted = new ArrayList<>(findings);
        for (Detector detector : Detectors.ALL) {
            sorted.addAll(detector.conclude(kept.getOrDefault(detector, List.of()), List.copyOf(findings), context));
        }
        sorted.sort(Comparator.comparing((Finding f) -> f.severity()).reversed()
                .thenComparing(Finding::certainty)
                .thenComparingLong(f -> f.since().realtimeNs()));
        return new Findings(sorted, List.copyOf(dumps), coverage.finish());
    }
}
