package dev.sockreel.verdict;

import dev.sockreel.dump.CookieIndex;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpTotals;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.DumpCookies;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.sockdiag.LoopbackEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The loopback ends of all tcp sockets of each namespace. */
final class LoopbackEnds {
    private final Map<Integer, List<Dump>> dumps = new HashMap<>();
    private final Map<Integer, CookieIndex> ends = new HashMap<>();

    LoopbackEnds(Snapshot snapshot) {
        snapshot.dumps().stream()
                .filter(LoopbackEnds::isWholeTcp)
                .forEach(d -> dumps.computeIfAbsent(d.begin().netns(), n -> new ArrayList<>()).add(d));
    }

    /** Returns whether a dump lists all tcp sockets of its family. */
    static boolean isWholeTcp(Dump dump) {
        return dump.request().protocol() == InetProtocol.IPPROTO_TCP
                && dump.request().isInet()
                && dump.arrivedWhole()
                && DumpCookies.listsAll(dump.request());
    }

    /** Returns whether the totals of a namespace's dumps show that each connection has both of its ends. */
    boolean isBalanced(int netns) {
        long balance = 0;
        for (Dump dump : dumps.getOrDefault(netns, List.of())) {
            DumpTotals totals = dump.totals();
            if (totals == null) {
                return false;
            }
            balance += totals.loopbackBalance();
        }
        return balance == 0;
    }

    /** Returns the {@link LoopbackEnd}s at which a namespace has a socket. */
    CookieIndex of(int netns) {
        return ends.computeIfAbsent(netns, n -> collect(dumps.getOrDefault(n, List.of())));
    }

    private static CookieIndex collect(List<Dump> dumps) {
        CookieIndex ends = new CookieIndex(Math.toIntExact(dumps.stream().mapToLong(Dump::sockets).sum()));
        for (Dump dump : dumps) {
            SocketCursor cursor = dump.cursor();
            while (cursor.next()) {
                ends.add(LoopbackEnd.local(cursor.socket()), cursor.row());
            }
        }
        return ends;
    }
}
