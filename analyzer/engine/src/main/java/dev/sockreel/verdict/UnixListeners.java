package dev.sockreel.verdict;

import dev.sockreel.dump.CookieIndex;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpTotals;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The unix listeners of each namespace, as the dumps list them that do not ask for pending clients. What a dump with
 * few sockets lacks of them is found in few steps, however many they are.
 */
final class UnixListeners {
    private static final int LISTEN = 10;

    private record Listener(long cookie, long pending) {}

    /** The listeners of one dump. */
    static final class Listing {
        private final CookieIndex cookies;
        private final int listeners;
        /** Those with the most pending connections first. */
        private final List<Listener> mostPending;

        private Listing(Dump dump) {
            List<Listener> all = new ArrayList<>();
            SocketCursor cursor = dump.cursor();
            while (cursor.next()) {
                if (cursor.socket().isListener()) {
                    all.add(new Listener(cursor.socket().cookie(),
                            cursor.socket().recvQ() instanceof Queue.PendingConnections q ? q.connections() : 0));
                }
            }
            cookies = new CookieIndex(all.size());
            all.forEach(l -> cookies.add(l.cookie(), 0));
            listeners = all.size();
            mostPending = all.stream().sorted(Comparator.comparingLong(l -> -l.pending())).toList();
        }

        int listeners() {
            return listeners;
        }

        /** Returns how many of the listeners a dump lacks. */
        int missing(Dump dump) {
            int[] listed = new int[1];
            dump.cookies().forEach(cookie -> listed[0] += cookies.has(cookie) ? 1 : 0);
            return listeners - listed[0];
        }

        /** Returns the most pending connections of one that a dump lacks; 0 for none. */
        long maxPending(Dump dump) {
            return mostPending.stream()
                    .filter(l -> !dump.cookies().has(l.cookie()))
                    .mapToLong(Listener::pending)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** A listener with many pending connections, and the first dump that lists it. */
    private record Crowded(long cookie, Listing listing) {}

    private final Map<Integer, List<Dump>> dumps = new HashMap<>();
    private final Map<Integer, List<Crowded>> crowded = new HashMap<>();

    UnixListeners(Snapshot snapshot) {
        snapshot.dumps().stream()
                .filter(UnixListeners::isPlain)
                .forEach(d -> dumps.computeIfAbsent(d.begin().netns(), n -> new ArrayList<>()).add(d));
    }

    private static boolean mayBeCrowded(Dump d) {
        DumpTotals totals = d.totals();
        return totals == null || totals.crowded() > 0;
    }

    private static boolean isPlain(Dump d) {
        return d.request().family() == Family.AF_UNIX
                && !d.request().asksFor(DumpRequest.UDIAG_SHOW_ICONS)
                && (d.request().states() & 1 << LISTEN) != 0
                && d.arrivedWhole();
    }

    /**
     * Returns the first listing that has a listener which this dump of the same namespace lacks, although it has that
     * many pending connections; null for none.
     */
    @Nullable
    Listing withMissing(Dump dump, long minPending) {
        // each is listed once, so that those which the dump has are no more than its sockets
        return crowded.computeIfAbsent(dump.begin().netns(), n -> crowded(n, minPending)).stream()
                .filter(c -> !dump.cookies().has(c.cookie()))
                .map(Crowded::listing)
                .findFirst()
                .orElse(null);
    }

    private List<Crowded> crowded(int netns, long minPending) {
        List<Dump> here = dumps.getOrDefault(netns, List.of()).stream().filter(UnixListeners::mayBeCrowded).toList();
        CookieIndex seen = new CookieIndex(Math.toIntExact(here.stream().mapToLong(Dump::sockets).sum()));
        List<Crowded> found = new ArrayList<>();
        for (Dump dump : here) {
            Listing listing = new Listing(dump);
            for (Listener l : listing.mostPending) {
                if (l.pending() >= minPending && (l.cookie() == Socket.NO_COOKIE || seen.add(l.cookie(), 0))) {
                    found.add(new Crowded(l.cookie(), listing));
                }
            }
        }
        return found;
    }
}
