package dev.sockreel.report;

import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A bounded sample of a capture's sockets: those with the strongest {@link Interest} in any snapshot, and among equals
 * those listed first.
 */
final class SocketSample {
    private static final List<Interest> INTERESTS = List.of(Interest.values());

    private final int maxSockets;
    private final Map<Interest, SequencedMap<SocketIdentity, SocketRow>> chosen = new EnumMap<>(Interest.class);
    private int size;
    private int seen;
    private boolean everything = true;

    SocketSample(int maxSockets) {
        this.maxSockets = maxSockets;
        for (Interest interest : INTERESTS) {
            chosen.put(interest, new LinkedHashMap<>());
        }
    }

    void add(SocketRow row) {
        seen++;
        Interest interest = Interest.of(row.socket());
        Interest weakest = weakest();
        if (size >= maxSockets && interest.compareTo(weakest) >= 0 && !everything) {
            return; // the common case in a large capture, without computing an identity
        }
        SocketIdentity identity = row.identity();
        if (identity == null) {
            everything = false;
            return;
        }
        Interest before = interestOf(identity);
        if (before != null) {
            if (interest.compareTo(before) < 0) {
                of(before).remove(identity);
                of(interest).put(identity, row.hold());
            }
        } else if (size < maxSockets) {
            of(interest).put(identity, row.hold());
            size++;
        } else {
            everything = false;
            if (interest.compareTo(weakest) < 0) {
                of(weakest).pollLastEntry();
                of(interest).put(identity, row.hold());
            }
        }
    }

    private SequencedMap<SocketIdentity, SocketRow> of(Interest interest) {
        return Objects.requireNonNull(chosen.get(interest));
    }

    private Interest weakest() {
        Interest weakest = Interest.WAITING;
        for (Interest interest : INTERESTS) {
            weakest = of(interest).isEmpty() ? weakest : interest;
        }
        return weakest;
    }

    private @Nullable Interest interestOf(SocketIdentity identity) {
        for (Interest interest : INTERESTS) {
            if (of(interest).containsKey(identity)) {
                return interest;
            }
        }
        return null;
    }

    /** Returns a row of each, the strongest interest first. */
    List<SocketRow> rows() {
        List<SocketRow> all = new ArrayList<>(size);
        chosen.values().forEach(some -> all.addAll(some.values()));
        return all;
    }

    /** Returns the number of rows that were offered, over all snapshots. */
    int seen() {
        return seen;
    }

    /** Returns whether the sample holds every socket. */
    boolean isEverything() {
        return everything;
    }
}
