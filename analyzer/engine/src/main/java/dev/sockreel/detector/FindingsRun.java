package dev.sockreel.detector;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.cause.CausesRun;
import dev.sockreel.finding.DumpReport;
import dev.sockreel.finding.Findings;
import dev.sockreel.dump.Dump;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.rows.OtherRows;
import dev.sockreel.rows.WalkPlace;
import dev.sockreel.rows.WatchedRows;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotCookies;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.track.Found;
import dev.sockreel.track.Glance;
import dev.sockreel.track.Listeners;
import dev.sockreel.track.OtherEnds;
import dev.sockreel.track.Track;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the findings over the snapshots of one or more captures, and their causes. Memory: the followed sockets
 * (those with something waiting, or a full queue) and their other ends, with a few observations each, and the snapshot
 * before the current one.
 */
public final class FindingsRun {
    /** @param wanted whether a detector follows it, not only the socket at its other end */
    private record Followed(Track track, boolean wanted) {}

    private final Thresholds thresholds;
    private final Listeners listeners = new Listeners();
    private final OtherEnds otherEnds = new OtherEnds();
    private final Map<SocketIdentity, Followed> tracks = new LinkedHashMap<>();
    private final List<Found> found = new ArrayList<>();
    private final List<DumpReport> dumps = new ArrayList<>();
    private final CoverageRun coverage = new CoverageRun();
    private final PilingUp piles = new PilingUp();
    private final HeldUnlisted unlisted = new HeldUnlisted();
    private final HostGrowth hostGrowth = new HostGrowth();
    private final WatchedRows watched = new WatchedRows();
    private final WalkPlace walk = new WalkPlace();
    private @Nullable Snapshot last;
    private int snapshots;
    private final Map<Detector, List<Track>> kept = new HashMap<>();
    private SnapshotCookies before = SnapshotCookies.NONE;
    private long intervalNs;
    private long turn;

    public FindingsRun(Thresholds thresholds) {
        this.thresholds = thresholds;
    }

    /** Adds the next snapshot, in the order of time. */
    public void add(Snapshot snapshot) {
        turn++;
        snapshots++;
        intervalNs = interval(snapshot);
        snapshot.dumps().forEach(d -> dumps.add(DumpReport.of(snapshot, d)));
        coverage.add(snapshot);
        hostGrowth.add(snapshot, turn);
        unlisted.begin();
        SnapshotSockets sockets = new SnapshotSockets(snapshot);
        walk.begin();
        sockets.forEach(this::rowsOf, this::follow);
        new OtherRows(sockets, otherEnds.takeNewPorts(), walk, watched).forEach(this::follow);
        last = snapshot;
        SnapshotCookies now = SnapshotCookies.of(snapshot);
        endUnseen(now);
        piles.step(tracks.values().stream().map(Followed::track).toList(), turn, snapshot.index(), snapshot.begin());
        unlisted.end(snapshot, now, turn);
        before = now;
    }

    private static long interval(Snapshot snapshot) {
        String text = snapshot.host().get(HostEvidence.INTERVAL_NS);
        try {
            return text == null ? 0 : Math.max(0, Long.parseLong(text));
        } catch (NumberFormatException e) {
            return 0; // a capture from a stranger: as if it were not known
        }
    }

    private DetectorContext context() {
        return new DetectorContext(thresholds, listeners, otherEnds, hostGrowth, intervalNs);
    }

    /**
     * Returns the rows to look at; null for all. Whether a unix socket matters depends on what its holders' threads do,
     * too, which no change of the socket tells.
     */
    private int @Nullable [] rowsOf(Dump dump) {
        int[] chosen = watched.of(dump);
        return dump.request().family() == Family.AF_UNIX ? null : chosen;
    }

    /** Looks at a row, and keeps on looking where that is needed. */
    private void follow(@Nullable Dump dump, int index, SocketRow row) {
        walk.moveTo(dump, index);
        if (!row.isRecorders() && follow(row) && dump != null) {
            watched.keep(dump, index);
        }
    }

    /** Returns whether the row matters in the next snapshot, even if nothing about it changes. */
    private boolean follow(SocketRow row) {
        boolean isListener = listeners.see(row, turn);
        unlisted.see(row);
        return followed(row) || isListener;
    }

    private boolean followed(SocketRow row) {
        boolean wanted = false;
        for (int i = 0; i < Detectors.ALL.size(); i++) {
            wanted |= Detectors.ALL.get(i).follows(row);
        }
        Set<SocketIdentity> others = otherEnds.othersOf(row);
        if (!wanted && others.isEmpty() && tracks.isEmpty()) {
            return false;
        }
        SocketIdentity key = row.identity();
        if (key == null) {
            return false;
        }
        Followed followed = tracks.get(key);
        if (followed == null && !wanted && others.isEmpty()) {
            return false;
        }
        Track track = followed == null ? new Track(row, turn, before.has(key)) : followed.track();
        if (followed != null) {
            track.add(row, turn);
        }
        otherEnds.tie(others, track);
        if (wanted) {
            otherEnds.want(row, key, walk.place());
        }
        if (wanted || !others.isEmpty()) {
            tracks.put(key, new Followed(track, wanted));
            return true;
        }
        judge(key, track);
        tracks.remove(key);
        return false;
    }

    /** Ends the tracks of sockets that are gone. A snapshot that could not show the socket leaves its track open. */
    private void endUnseen(SnapshotCookies now) {
        Iterator<Map.Entry<SocketIdentity, Followed>> all = tracks.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<SocketIdentity, Followed> entry = all.next();
            Track track = entry.getValue().track();
            if (track.lastTurn() != turn && track.missed(now.absence(track.last()))) {
                judge(entry.getKey(), track);
                all.remove();
            }
        }
    }

    private void judge(SocketIdentity key, Track track) {
        boolean needed = false;
        DetectorContext context = context();
        for (Detector detector : Detectors.ALL) {
            Optional<Found> result = detector.judge(track, context);
            result.ifPresent(found::add);
            needed |= result.isPresent();
            if (detector.keeps(track, context)) {
                kept.computeIfAbsent(detector, d -> new ArrayList<>()).add(track);
                needed = true;
            }
        }
        otherEnds.forget(key, needed);
    }

    /**
     * Ends all tracks and returns the findings with their causes: the worst first, then the most certain, then the
     * oldest.
     */
    public Findings finish() {
        tracks.forEach((key, followed) -> judge(key, followed.track()));
        tracks.clear();
        DetectorContext context = context();
        found.addAll(piles.finish(context));
        found.addAll(unlisted.finish(context));
        List<Found> all = new ArrayList<>(found);
        for (Detector detector : Detectors.ALL) {
            all.addAll(detector.conclude(kept.getOrDefault(detector, List.of()), List.copyOf(found), context));
        }
        CausesRun causes = CausesRun.of(all, otherEnds, intervalNs, turn);
        return new Findings(
                causes.causes(), causes.findings(), List.copyOf(dumps), coverage.finish(),
                Glance.at(last, snapshots, thresholds));
    }
}
