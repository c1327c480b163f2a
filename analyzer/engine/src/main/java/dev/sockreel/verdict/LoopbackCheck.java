package dev.sockreel.verdict;

import dev.sockreel.dump.CookieIndex;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.Fault;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.LoopbackEnd;
import dev.sockreel.sockdiag.TcpState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds established tcp connections over the loopback device of which only one end is listed. Both ends are in the same
 * tables, so a missing end shows that the table changed during the dump.
 *
 * <p>An end counts only if other connections of the same server address and port have both ends, and if no socket at
 * all has the missing end's address and port. This excludes redirected connections and servers whose IPv6 dump is
 * missing.
 */
final class LoopbackCheck implements DumpCheck {
    /** The connection ends that share a local address and port. */
    private static final class Server {
        int paired;
        int alone;
    }

    @Override
    public Optional<Fault> check(Dump dump, Surroundings around) {
        if (!LoopbackEnds.isWholeTcp(dump) || around.loopbackEnds().isBalanced(dump.begin().netns())) {
            return Optional.empty();
        }
        CookieIndex ends = around.loopbackEnds().of(dump.begin().netns());
        int alone = 0;
        int paired = 0;
        for (Server server : servers(dump, ends).values()) {
            if (server.paired > 0) {
                alone += server.alone;
                paired += server.paired;
            }
        }
        return alone == 0 ? Optional.empty() : Optional.of(new Fault(DumpFault.HALF_CONNECTION, dump.family(),
                "%d of %d established connections within this host have only one end in the dump"
                        .formatted(alone, alone + paired)));
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
