package dev.sockreel.benchmarks;

import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Counts of a snapshot. Each file has three alike, 2 s apart at least, so that findings have a window. */
final class SnapshotCounts {
    private static final int SNAPSHOTS = 3;
    private static final int MANY = 1 << 18;

    static final List<Count> ALL = List.of(
            count("namespaces", MANY, (reel, n) -> {
                for (int i = 1; i <= n; i++) {
                    reel.netns(i);
                }
            }),
            count("namespaces with a dump", MANY, (reel, n) -> {
                for (int i = 1; i <= n; i++) {
                    reel.netns(i).dump(i, "tcp4", Sockets.tcp4(), Sockets.loopback(2, 5));
                }
            }),
            count("namespaces with counts", MANY, SnapshotCounts::countedNamespaces),
            count("namespaces with a text", MANY, (reel, n) -> {
                for (int i = 1; i <= n; i++) {
                    reel.netns(i).write(text(reel, i, ProcText.When.INSTEAD_OF_DUMP, "tcp", 0, true, "  sl\n"));
                }
            }),
            count("namespaces without a record", MANY, (reel, n) -> {
                for (int i = 1; i <= n; i++) {
                    reel.dump(i, "unix", Sockets.unix(), Stream.of(Sockets.unix(i)));
                }
            }),
            count("dumps of a namespace", 1 << 12, (reel, n) -> {
                for (int i = 0; i < n; i++) {
                    reel.dump("tcp4", Sockets.tcp4(i), Sockets.loopback(2, 5));
                }
            }),
            new Count("sockets that go", 1 << 16, Command.OF_CAPTURES, SnapshotCounts::going),
            count("families", MANY, (reel, n) -> {
                for (int i = 0; i < n; i++) {
                    reel.dump(i, "family-" + i, Sockets.unix(), Stream.of(Sockets.unix(i)));
                }
            }),
            count("open dumps", MANY, (reel, n) -> {
                for (int i = 0; i < n; i++) {
                    reel.beginDump(i, "unix", Sockets.unix());
                }
            }),
            count("interfaces", 1 << 16, SnapshotCounts::interfaces),
            count("datagrams", MANY, (reel, n) -> reel.datagrams(0, "unix", Sockets.unix(),
                    Sockets.unixes(n).map(UnixDiagMsgBuilder::toBytes).toList())),
            count("notes", MANY, (reel, n) -> {
                for (int i = 0; i < n; i++) {
                    reel.write(new RecorderNote(reel.snapshot(), -1, RecorderNote.Kind.TIMEOUT, i, reel.now(),
                            "note " + i));
                }
            }),
            count("texts", MANY, (reel, n) -> {
                for (int i = 0; i < n; i++) {
                    reel.write(text(reel, 0, ProcText.When.AFTER_DUMPS, "file-" + i, 0, true, "text"));
                }
            }),
            count("parts of a text", MANY, (reel, n) -> {
                for (int i = 0; i < n; i++) {
                    reel.write(text(reel, 0, ProcText.When.AFTER_DUMPS, "sockstat", i, i == n - 1, "x: inuse 1\n"));
                }
            }),
            count("rows of a text", MANY, (reel, n) -> reel.write(text(reel, 0, ProcText.When.INSTEAD_OF_DUMP, "unix",
                    0, true, "Num       RefCount Protocol Flags    Type St Inode Path\n"
                            + "0000000000000000: 00000002 00000000 00010000 0001 01 22222 /a\n".repeat(
                                    Math.min(n, 60_000))))),
            count("host namespaces", 1 << 16, (reel, n) -> reel.write(new HostNamespaces(reel.snapshot(), reel.now(), 0,
                    IntStream.range(0, n).mapToObj(i -> new HostNamespaces.Namespace(i, 1, "ns" + i, i, "x")).toList()))
                    .dump("tcp4", Sockets.tcp4(), Sockets.loopback(100, 5))),
            count("host namespaces and dumps", 1 << 16, SnapshotCounts::hostNamespacesAndDumps),
            count("closed sockets", MANY, (reel, n) -> {
                for (int i = 0; i < n; i++) {
                    byte[] message = InetDiagMsgBuilder.in(CountedReel.ORDER).cookie(i + 1).local("10.0.0.1", 80)
                            .remote("10.0.0.2", i % 60_000 + 1).toBytes();
                    reel.write(
                            new ClosedSockets(reel.snapshot(), 0, i, 0, reel.now(), Unpooled.wrappedBuffer(message)));
                }
            }));

    /** Fills a snapshot with n of something. */
    interface Filler {
        void fill(CountedReel reel, int n) throws IOException;
    }

    static Count count(String name, int max, Filler filler) {
        return new Count(name, max, Command.OF_CAPTURES, (folder, n) -> write(folder, n, filler));
    }

    private static List<Path> write(Path folder, int n, Filler filler) throws IOException {
        CountedReel reel = CountedReel.begin(folder, "a.reel");
        for (int s = 0; s < SNAPSHOTS; s++) {
            filler.fill(reel.begin(), n);
            reel.end();
        }
        return List.of(reel.close());
    }

    private static ProcText text(
            CountedReel reel, int netns, ProcText.When when, String name, int part, boolean last, String text) {
        return new ProcText(reel.snapshot(), netns, "/proc/net/" + name, when, 0, part, last, reel.now(),
                Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void countedNamespaces(CountedReel reel, int n) throws IOException {
        for (int i = 1; i <= n; i++) {
            for (ProcText.When when : List.of(ProcText.When.BEFORE_DUMPS, ProcText.When.AFTER_DUMPS)) {
                reel.write(text(reel, i, when, "protocols", 0, true, "TCP 2304 1 51 no 192 yes kernel y\n"));
                reel.write(text(reel, i, when, "netstat", 0, true,
                        "TcpExt: SyncookiesSent ListenOverflows\nTcpExt: 0 " + reel.snapshot() + "\n"));
            }
            reel.netns(i).dump(i, "tcp4", Sockets.tcp4(), Sockets.loopback(2, 5));
        }
    }

    /** Writes sockets with unread bytes, and then as many dumps that do not list them. */
    private static List<Path> going(Path folder, int n) throws IOException {
        CountedReel reel = CountedReel.begin(folder, "a.reel");
        for (int s = 0; s < SNAPSHOTS; s++) {
            reel.begin().dump("tcp4", Sockets.tcp4(), Sockets.loopback(n, 5)).end();
        }
        reel.begin();
        for (int i = 1; i <= n; i++) {
            reel.netns(i).dump(i, "tcp4", Sockets.tcp4(), Stream.of());
        }
        return List.of(reel.end().close());
    }

    private static void interfaces(CountedReel reel, int n) throws IOException {
        reel.write(new NetworkNamespace(0, 4_026_531_840L, 1, "",
                IntStream.rangeClosed(1, n).mapToObj(i -> new NetworkNamespace.Interface(i, "if" + i)).toList()));
        reel.dump("tcp4", Sockets.tcp4(), IntStream.range(0, n).mapToObj(i -> InetDiagMsgBuilder.in(CountedReel.ORDER)
                .cookie(1 + i).inode(1 + i).ifindex(1 + i).local("10.0.0.1", 80).remote("10.0.0.2", i % 60_000 + 1)));
    }

    private static void hostNamespacesAndDumps(CountedReel reel, int n) throws IOException {
        reel.write(new HostNamespaces(reel.snapshot(), reel.now(), 0, IntStream.rangeClosed(1, n)
                .mapToObj(i -> new HostNamespaces.Namespace(4_026_531_840L + i, 1, "ns" + i, i, "x")).toList()));
        for (int i = 1; i <= n; i++) {
            reel.netns(i).dump(i, "unix", Sockets.unix(), Stream.of(Sockets.unix(i)));
        }
    }

    private SnapshotCounts() {}
}
