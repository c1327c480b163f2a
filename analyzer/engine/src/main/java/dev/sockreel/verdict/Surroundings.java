package dev.sockreel.verdict;

import dev.sockreel.dump.CookieIndex;
import dev.sockreel.snapshot.DumpCookies;
import dev.sockreel.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The evidence around a snapshot that its dumps are judged by, in tables that all checks of the snapshot share. */
public final class Surroundings {
    private final List<Listings> before;
    private final Snapshot snapshot;
    private final List<Listings> after;
    private final Listings here;
    private final SocketCounts counts;
    private final LoopbackEnds loopbackEnds;
    private final UnixListeners listeners;
    private final Map<DumpCookies.Scope, CookieIndex> returned = new HashMap<>();

    /**
     * Gathers the evidence.
     *
     * @param before   the dumps of each earlier snapshot, the nearest first
     * @param snapshot the snapshot to judge, with the evidence taken around its dumps
     * @param after    the dumps of each later snapshot, the nearest first
     */
    public Surroundings(List<Listings> before, Snapshot snapshot, List<Listings> after) {
        this.before = before;
        this.snapshot = snapshot;
        this.after = after;
        this.here = Listings.of(snapshot);
        this.counts = new SocketCounts(snapshot);
        this.loopbackEnds = new LoopbackEnds(snapshot);
        this.listeners = new UnixListeners(snapshot);
    }

    Snapshot snapshot() {
        return snapshot;
    }

    SocketCounts counts() {
        return counts;
    }

    LoopbackEnds loopbackEnds() {
        return loopbackEnds;
    }

    UnixListeners listeners() {
        return listeners;
    }

    /** Returns the cookies that both an earlier and a later dump of this scope list. */
    CookieIndex returned(DumpCookies.Scope scope) {
        return returned.computeIfAbsent(scope, this::findReturned);
    }

    private CookieIndex findReturned(DumpCookies.Scope scope) {
        List<DumpCookies> later = comparable(after, scope);
        DumpCookies own = here.of(scope);
        ReturnedCookies fromChanges =
                own == null ? null : ReturnedCookies.of(comparable(before, scope), own.dump(), later);
        if (fromChanges != null) {
            return fromChanges.index();
        }
        List<Long> found = new ArrayList<>();
        if (!later.isEmpty()) {
            comparable(before, scope).forEach(earlier -> earlier.cookies().forEach(cookie -> {
                if (later.stream().anyMatch(l -> l.has(cookie))) {
                    found.add(cookie);
                }
            }));
        }
        CookieIndex index = found.isEmpty() ? CookieIndex.NONE : new CookieIndex(found.size());
        found.forEach(cookie -> index.add(cookie, 0));
        return index;
    }

    private static List<DumpCookies> comparable(List<Listings> snapshots, DumpCookies.Scope scope) {
        return snapshots.stream().map(s -> s.of(scope)).filter(Objects::nonNull).toList();
    }
}
