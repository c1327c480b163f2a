package dev.sockreel.cause;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Victim;
import dev.sockreel.finding.What;
import dev.sockreel.process.OwnerProcess;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.track.Found;
import dev.sockreel.track.Observation;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a cause of a ranked group: its numbers, its sentence and what to do. */
final class CauseText {
    /** Sockets of one process that are looked at for its CPU time. */
    private static final int MAX_TRACKS = 16;

    private final Ranked ranked;
    private final Group group;
    private final What what;
    private final IdentityHashMap<Found, Finding> weighed;
    private final IdentityHashMap<Found, Integer> places;
    private final long intervalNs;
    private final long lastTurn;

    CauseText(Ranked ranked, IdentityHashMap<Found, Finding> weighed, IdentityHashMap<Found, Integer> places,
            long intervalNs, long lastTurn) {
        this.lastTurn = lastTurn;
        this.ranked = ranked;
        this.group = ranked.group();
        this.weighed = weighed;
        this.places = places;
        this.intervalNs = intervalNs;
        this.what = group.what(surest(), ranked.victims().stream().anyMatch(Victim::isBlocked));
    }

    Cause cause() {
        List<Owner> processes = group.isProved() ? group.processes() : null;
        Sockets sockets = Sockets.of(group);
        Times times = Times.of(group.own());
        SocketRow row = row();
        return new Cause(
                ranked.id(), ranked.severity(), certainty(times, processes), what, processes,
                row.netns(), row.netnsName(), sockets.at(), sockets.remote(), sockets.count(), sockets.bytes(),
                times.since(), times.until(), times.atLeastSince(), over(), cpuMs(processes), ranked.waitsFor(),
                ranked.victims(),
                group.members().stream().map(m -> places.getOrDefault(m.found(), -1)).sorted().toList(),
                new CauseSentence(group, what, processes, sockets).text(), next(processes));
    }

    private SocketRow row() {
        SocketRow responsible = group.responsible();
        return responsible != null ? responsible : group.own().getFirst().finding().socket();
    }

    /**
     * Returns the certainty of the surest finding; likely at most where another process may be at fault, or where the
     * owners were looked up so long before the end of the window that the descriptor may have changed hands.
     */
    private Certainty certainty(Times times, @Nullable List<Owner> processes) {
        Certainty surest = surest();
        boolean isOld = processes != null && processes.stream().anyMatch(o -> isOld(o, times.until()));
        boolean weaker = isOld || !group.isProved() || ranked.waitsFor() != null;
        return weaker && surest == Certainty.PROVED ? Certainty.LIKELY : surest;
    }

    /** Returns whether the problem ended before the recording did; null when the sockets were not seen until then. */
    private @Nullable Boolean over() {
        return !Impact.lasts(group) ? Boolean.TRUE
                : group.own().stream().anyMatch(f -> f.track().lastTurn() >= lastTurn) ? Boolean.FALSE : null;
    }

    /** Returns the CPU time that the first process used between the first and the last snapshot that show it. */
    private long cpuMs(@Nullable List<Owner> processes) {
        if (processes == null || processes.isEmpty()) {
            return Cause.UNKNOWN;
        }
        int pid = processes.getFirst().pid();
        long most = Cause.UNKNOWN;
        for (Found f : group.own().subList(0, Math.min(group.own().size(), MAX_TRACKS))) {
            List<Long> used = f.window().observations().stream()
                    .map(Observation::owners)
                    .filter(owners -> owners != null)
                    .flatMap(List::stream)
                    .filter(o -> o.pid() == pid && o.process().cpuMs() != OwnerProcess.UNKNOWN)
                    .map(o -> o.process().cpuMs())
                    .toList();
            most = used.size() < 2 ? most : Math.max(most, used.getLast() - used.getFirst());
        }
        return most;
    }

    private Certainty surest() {
        return group.own().stream()
                .map(f -> weighed.getOrDefault(f, f.finding()).certainty())
                .min(Comparator.naturalOrder())
                .orElse(Certainty.CANNOT_TELL);
    }

    /** Returns whether an owner was looked up more than one and a half intervals before this time. */
    private boolean isOld(Owner owner, ReceiveTime until) {
        return owner.asOf().isKnown() && until.isKnown()
                && until.nanosSince(owner.asOf()) > Math.max(intervalNs, 1_000_000_000L) * 3 / 2;
    }

    private String next(@Nullable List<Owner> processes) {
        if (ranked.waitsFor() != null && !ranked.deadlocked()) {
            return "Look at " + ranked.waitsFor() + " first: this process waits for it.";
        }
        if (what == What.DROPS && group.concernsListener()) {
            return "It accepts, but not fast enough for its bursts: raise the backlog of listen() and net.core.somaxconn,"
                    + " or accept faster.";
        }
        Finding first = group.own().stream()
                .map(f -> weighed.getOrDefault(f, f.finding()))
                .max(Comparator.comparing(Finding::severity))
                .orElseThrow();
        return processes == null || processes.isEmpty() || what == What.DROPS || what == What.LEAKING
                || what == What.CONNECT_HANGS || what == What.NO_ACKS || what == What.PEER_TAKES_NO_MORE
                        ? first.next() : Advice.forProcesses(processes, what, Boolean.TRUE.equals(over()));
    }
}
