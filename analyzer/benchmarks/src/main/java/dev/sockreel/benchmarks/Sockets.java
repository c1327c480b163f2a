package dev.sockreel.benchmarks;

import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sockets for benchmarks, and the requests that list them. */
final class Sockets {
    static final int ESTABLISHED = 1;
    static final int CLOSE_WAIT = 8;
    static final int LISTEN = 10;
    private static final long ALL_STATES = 0xffffffffL;
    private static final int TCP = 6;
    private static final int SHOW_ICONS = 8;
    private static final int SHOW_ALL_BUT_ICONS = 0x77;

    static NlmsgBuilder tcp4() {
        return tcp4(0);
    }

    static NlmsgBuilder tcp4(int ext) {
        return DiagRequest.inet(CountedReel.ORDER, Uapi.AF_INET, TCP, ext, ALL_STATES).seq(0);
    }

    static NlmsgBuilder unix() {
        return DiagRequest.unix(CountedReel.ORDER, ALL_STATES, 0, SHOW_ALL_BUT_ICONS, 0).seq(0);
    }

    static NlmsgBuilder unixIcons() {
        return DiagRequest.unix(CountedReel.ORDER, 1 << LISTEN, 0, SHOW_ALL_BUT_ICONS | SHOW_ICONS, 0).seq(0);
    }

    /** Connections of 127.0.0.1 with unread bytes, both ends of each, from inode 1. */
    static Stream<InetDiagMsgBuilder> loopback(int n, long unread) {
        return IntStream.range(0, n).mapToObj(i -> {
            int client = 20_000 + i / 2 % 40_000;
            String from = "127." + i / 2 / 40_000 + ".0.2";
            InetDiagMsgBuilder s =
                    InetDiagMsgBuilder.in(CountedReel.ORDER).cookie(1 + i).inode(1 + i).queues(unread, 0);
            return i % 2 == 0 ? s.local("127.0.0.1", 80).remote(from, client)
                    : s.local(from, client).remote("127.0.0.1", 80);
        });
    }

    /** One named unix socket, whose inode and cookie are {@code i + 1}. */
    static UnixDiagMsgBuilder unix(int i) {
        return UnixDiagMsgBuilder.in(CountedReel.ORDER).inode(1 + i).cookie(1 + i)
                .name(("/run/" + i).getBytes(StandardCharsets.UTF_8)).rqlen(0, 0);
    }

    static Stream<UnixDiagMsgBuilder> unixes(int n) {
        return IntStream.range(0, n).mapToObj(Sockets::unix);
    }

    private Sockets() {}
}
