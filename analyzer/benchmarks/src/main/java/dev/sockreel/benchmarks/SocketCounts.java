package dev.sockreel.benchmarks;

import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Counts of a dump, a socket or an address. */
final class SocketCounts {
    private static final int MANY = 1 << 18;
    private static final byte[] PATH = "/run/x".getBytes(StandardCharsets.UTF_8);

    static final List<Count> ALL = List.of(
            SnapshotCounts.count("unix sockets", MANY,
                    (reel, n) -> reel.dump("unix", Sockets.unix(), Sockets.unixes(n))),
            SnapshotCounts.count("loopback connections", MANY,
                    (reel, n) -> reel.dump("tcp4", Sockets.tcp4(), Sockets.loopback(n, 0))),
            SnapshotCounts.count("unread connections", MANY,
                    (reel, n) -> reel.dump("tcp4", Sockets.tcp4(), Sockets.loopback(n, 5))),
            SnapshotCounts.count("sockets in CLOSE-WAIT", MANY, (reel, n) -> reel.dump("tcp4", Sockets.tcp4(),
                    Sockets.loopback(n, 5).map(s -> s.state(Sockets.CLOSE_WAIT)))),
            SnapshotCounts.count("never accepted", MANY, (reel, n) -> reel.dump("tcp4", Sockets.tcp4(), Stream.concat(
                    Stream.of(listener(n)), Sockets.loopback(n, 5).map(s -> s.inode(0))))),
            tcp("sockets of one address pair", i -> tcp(i).local("127.0.0.1", 80).remote("127.0.0.1", 81).queues(5, 5)),
            tcp("listeners of one port", SocketCounts::listener),
            tcp("full listeners", i -> listener(i).local("127.0.0.1", i % 65_535 + 1).queues(10, 5)),
            tcp("sockets without an address", i -> tcp(i).queues(5, 5)),
            tcp("sockets with one cookie", i -> tcp(i).cookie(1)),
            tcp("stalled senders", i -> tcp(i).local("10.0.0.1", 80).remote("10.0.0.2", i % 65_535 + 1).queues(0, 5)),
            tcp("hanging connects", i -> tcp(i).state(2).local("10.0.0.1", i % 65_535 + 1).remote("10.0.0.2", 80)
                    .retrans(1).timer(1).queues(0, 1)),
            unix("peers of one unix socket", i -> Sockets.unix(i).peer(1).rqlen(5, 5)),
            unix("unix sockets of one name", i -> named(i).rqlen(5, 5)),
            unix("unix listeners of one name", i -> named(i).state(Sockets.LISTEN).rqlen(5, 3)),
            unix("unix sockets of one inode", i -> Sockets.unix(i).inode(1).peer(1).rqlen(5, 5)),
            unix("pairs of unix sockets", i -> named(i).peer((i ^ 1) + 1).rqlen(i % 2 * 5L, (i + 1) % 2 * 5L)),
            SnapshotCounts.count("pending clients", 1 << 12, (reel, n) -> reel
                    .dump("unix", Sockets.unix(), Stream.concat(Stream.of(pending(n)), Sockets.unixes(n).skip(1)))
                    .dump("unix-icons", Sockets.unixIcons(), Stream.of(pending(n).icons(icons(n))))),
            SnapshotCounts.count("listeners with one pending", MANY, (reel, n) -> reel
                    .dump("unix", Sockets.unix(), Sockets.unixes(2 * n))
                    .dump("unix-icons", Sockets.unixIcons(), IntStream.range(0, n).mapToObj(
                            i -> Sockets.unix(i).state(Sockets.LISTEN).rqlen(1, 5).icons(1 + n + i)))),
            SnapshotCounts.count("lists of pending clients", 1 << 9, (reel, n) -> {
                for (int i = 0; i < n; i++) {
                    reel.dump("unix-icons", Sockets.unixIcons(), Stream.of(pending(n).cookie(i).icons(icons(n))));
                }
            }),
            SnapshotCounts.count("attributes of a socket", 1 << 12, (reel, n) -> reel.dump("unix", Sockets.unix(),
                    Stream.of(Sockets.unix(0).attributes(a -> IntStream.range(0, n).forEach(i -> a.u8(100, 1)))))),
            SnapshotCounts.count("attribute types", 1 << 12, (reel, n) -> reel.dump("unix", Sockets.unix(),
                    Stream.of(Sockets.unix(0).attributes(a -> IntStream.range(0, n).forEach(i -> a.u8(100 + i, 1)))))));

    private static Count tcp(String name, IntFunction<InetDiagMsgBuilder> socket) {
        return SnapshotCounts.count(name, MANY, (reel, n) -> reel.dump("tcp4", Sockets.tcp4(),
                IntStream.range(0, n).mapToObj(socket)));
    }

    private static Count unix(String name, IntFunction<UnixDiagMsgBuilder> socket) {
        return SnapshotCounts.count(name, MANY, (reel, n) -> reel.dump("unix", Sockets.unix(),
                IntStream.range(0, n).mapToObj(socket)));
    }

    private static InetDiagMsgBuilder tcp(int i) {
        return InetDiagMsgBuilder.in(CountedReel.ORDER).family(Uapi.AF_INET).cookie(1 + i).inode(1 + i);
    }

    private static InetDiagMsgBuilder listener(int i) {
        return tcp(i).state(Sockets.LISTEN).local("127.0.0.1", 80).queues(3, 5);
    }

    private static UnixDiagMsgBuilder named(int i) {
        return UnixDiagMsgBuilder.in(CountedReel.ORDER).inode(1 + i).cookie(1 + i).name(PATH);
    }

    private static UnixDiagMsgBuilder pending(int n) {
        return named(0).state(Sockets.LISTEN).rqlen(n, 5);
    }

    private static long[] icons(int n) {
        return LongStream.range(2, n + 2L).toArray();
    }

    private SocketCounts() {}
}
