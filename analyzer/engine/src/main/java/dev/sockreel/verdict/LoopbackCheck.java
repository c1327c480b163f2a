package dev.sockreel.verdict;

import dev.sockreel.dump.CookieIndex;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.DumpCookies;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.LoopbackEnd;
import dev.sockreel.sockdiag.TcpState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * tcp over the loopback device: both ends of an established connection stand in the same tables. One whose other end
 * is not listed was torn from it by changes during the dump.
 *
 * <p>Only ends on a server's port are counted whose siblings on that port have their other ends: so neither a redirect
 * nor a server whose IPv6 dump is not there is taken for it, and only when no socket at all has the missing end's
 * address and port.
 */
final class LoopbackCheck implements DumpCheck {
    /** Ends on one address and port. */
    private static final class Server {
        int paired;
        int alone;
    }

    @Override
    public Optional<Fault> check(Dump dump, Surroundings around) {
        if (!isWholeTcp(dump)) {
            return Optional.empty();
        }
        List<Dump> all = around.snapshot().dumps().stream()
                .filter(d -> isWholeTcp(d) && d.begin().netns() == dump.begin().netns())
                .toList();
        CookieIndex ends = new CookieIndex(all.stream().mapToInt(Dump::sockets).sum());
        all.forEach(d -> collect(d, ends));
        int alone = 0;
        int paired = 0;
        for (Server server : servers(dump, ends).values()) {
            if (server.paired > 0) {
                alone += server.alone;
                paired += server.paired;
            }
        }
        return alone == 0 ? Optional.empty() : Optional.of(new Fault(DumpFault.HALF_CONNECTION, dump.family(),
                "%d of %d established connections within this host have no other end in the dump"
                        .formatted(alone, alone + paired)));
    }

    private static boolean isWholeTcp(Dump dump) {
        return dump.request().protocol() == InetProtocol.IPPROTO_TCP
                && dump.request().isInet()
                && dump.arrivedWhole()
                && DumpCookies.listsAll(dump.request());
    }

    private static void collect(Dump dump, CookieIndex ends) {
        SocketCursor cursor = dump.cursor();
        while (cursor.next()) {
            ends.add(LoopbackEnd.local(cursor.socket()), cursor.row());
        }
    }

    private static Map<Long, Server> servers(Dump dump, CookieIndex ends) {
        Map<Long, Server> servers = new HashMap<>();
        SocketCursor cursor = dump.cursor();
        while (cursor.next()) {
            DiagSocket s = cursor.socket();
            long local = LoopbackEnd.local(s);
            long peer = LoopbackEnd.peer(s);
            if (s.stateNumber() != TcpState.ESTABLISHED || local == LoopbackEnd.NONE || peer == LoopbackEnd.NONE) {
                continue;
            }
            Server server = servers.computeIfAbsent(local, k -> new Server());
            if (ends.row(peer) >= 0) {
                server.paired++;
            } else {
                server.alone++;
            }
        }
        return servers;
    }
}
