package dev.sockreel.detector;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Evidence;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.Absence;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.OwnerTable;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotCookies;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.track.Found;
import dev.sockreel.track.Track;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process holds the descriptor of a tcp socket that complete dumps listed, and then no longer: after a reset, or when
 * both ends have closed, the socket has left the kernel's tables, but the process has not closed it. Only a look-up of
 * owners later than the socket's leaving shows it.
 */
final class HeldUnlisted {
    static final String ID = "held-unlisted";

    /** Sockets that left the tables and are looked for; beyond, none is added until others are closed. */
    private static final int MAX_CANDIDATES = 10_000;
    /** Leaks of one process at different times from which their number counts as growing. */
    private static final int MIN_GROWING = 3;

    /** A socket that is no longer listed. */
    private static final class Candidate {
        private final SocketRow row;
        private final long turn;
        private final ReceiveTime gone;
        private int snapshots;
        private @Nullable Evidence held;
        private List<Owner> owners = List.of();

        Candidate(SocketRow row, long turn, ReceiveTime gone) {
            this.row = row;
            this.turn = turn;
            this.gone = gone;
        }
    }

    private final Map<Long, Candidate> candidates = new LinkedHashMap<>();
    /** Inodes of the tcp sockets looked at in this snapshot. */
    private Set<Long> seen = new HashSet<>();
    private @Nullable Snapshot snapshotBefore;

    void begin() {
        seen = new HashSet<>();
    }

    void see(SocketRow row) {
        Socket s = row.socket();
        if (isOfInterest(s)) {
            seen.add(s.inode());
        }
    }

    private static boolean isOfInterest(Socket s) {
        return s.protocol() == InetProtocol.IPPROTO_TCP && s.inode() > 0 && s.cookie() != Socket.NO_COOKIE;
    }

    /** @param now what the snapshot lists */
    void end(Snapshot snapshot, SnapshotCookies now, long turn) {
        candidates.keySet().removeIf(seen::contains);
        candidates.values().removeIf(c -> !isStillHeld(c, snapshot));
        Snapshot before = snapshotBefore;
        if (before != null && candidates.size() < MAX_CANDIDATES) {
            GoneRows.of(before, snapshot).forEach(row -> addIfGone(row, now, snapshot.begin(), turn));
        }
        snapshotBefore = snapshot;
    }

    private void addIfGone(SocketRow row, SnapshotCookies now, ReceiveTime time, long turn) {
        Socket s = row.socket();
        long inode = s.inode();
        if (!isOfInterest(s) || seen.contains(inode) || candidates.size() >= MAX_CANDIDATES) {
            return;
        }
        List<Owner> owners = row.owners();
        if (owners != null && !owners.isEmpty() && now.absence(row) == Absence.GONE) {
            Candidate candidate = new Candidate(row.hold(), turn, time);
            candidate.snapshots = 1;
            candidates.put(inode, candidate);
        }
    }

    /** Returns false when a look-up later than the socket's leaving does not find its descriptor. */
    private static boolean isStillHeld(Candidate c, Snapshot snapshot) {
        c.snapshots++;
        OwnerTable table = snapshot.owners();
        boolean isLater = table.begun().isKnown() && c.gone.isKnown() && !table.begun().isBefore(c.gone);
        if (!isLater) {
            return true;
        }
        List<Owner> owners = table.of(c.row.socket().inode(), snapshot.index());
        if (owners == null || owners.isEmpty()) {
            return false;
        }
        c.owners = owners;
        c.held = new Evidence(snapshot.index(), table.begun(), Map.of("pid", (long) owners.getFirst().pid(), "fd",
                (long) owners.getFirst().fd()));
        return true;
    }

    List<Found> finish(DetectorContext context) {
        List<Found> found = new ArrayList<>();
        Map<Integer, Set<Long>> turnsByPid = new HashMap<>();
        List<Candidate> leaked = candidates.values().stream().filter(c -> isLeaked(c, context)).toList();
        leaked.forEach(c -> turnsByPid.computeIfAbsent(c.owners.getFirst().pid(), p -> new HashSet<>()).add(c.turn));
        for (Candidate c : leaked) {
            Set<Long> turns = turnsByPid.getOrDefault(c.owners.getFirst().pid(), Set.of());
            found.add(found(c, turns.size() >= MIN_GROWING));
        }
        return found;
    }

    private static boolean isLeaked(Candidate c, DetectorContext context) {
        Evidence held = c.held;
        return held != null && context.isLongEnough(c.snapshots, held.time().nanosSince(c.gone));
    }

    private static Found found(Candidate c, boolean growing) {
        Track track = new Track(c.row, c.turn, false);
        Owner owner = c.owners.getFirst();
        Found found = Draft.of(ID, track, track.longest(o -> true))
                .severity(growing ? Severity.WARNING : Severity.INFO)
                .certainty(Certainty.LIKELY)
                .why("The kernel no longer lists this connection, but the process has not closed its descriptor %d: %s."
                        .formatted(owner.fd(), growing ? "it was reset or has ended at both ends, and more of them"
                                + " followed" : "it was reset or has ended at both ends"))
                .next("Process %d (%s) must close what it no longer uses; ls -l /proc/%d/fd shows its sockets."
                        .formatted(
                                owner.pid(), owner.comm(), owner.pid()))
                .found();
        Evidence held = c.held;
        return found.with(found.finding().during(c.gone, held == null ? c.gone : held.time(), c.snapshots,
                held == null ? List.of() : List.of(held)));
    }
}
