package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpFault;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.dump.Fault;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.fixtures.Churner;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.fixtures.SocketMaker;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests dumps of the live kernel under churn: torn and overflowing ones are recognized, quiet ones are not. */
@Live
class LiveChurnTest {
    /** The table size, for hundreds of sockets per bucket: the kernel's cursor in a bucket is a count of sockets. */
    private static final int FEW_BUCKETS = 16;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsLinux() {
        assumeTrue(NetNamespace.isAvailable(), "network namespaces need Linux, root and ip");
        assumeTrue(NativePrograms.isAvailable(), "the socket makers need cc");
    }

    private Path record(NetNamespace netns, String... options) {
        Path reel = folder.resolve("live.reel");
        List<String> args = new ArrayList<>(List.of(
                "record", "-o", reel.toString(), "--netns", netns.name(), "--owners", "never", "--force"));
        args.addAll(List.of(options));
        CommandRun.of(args.toArray(String[]::new)).exits(0);
        return reel;
    }

    private static void forEach(Path reel, Consumer<Snapshot> take) throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(reel)) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                take.accept(s);
            }
        }
    }

    /** One dump, compared with its maker's truth. */
    private record Judged(DumpVerdict verdict, List<DumpFault> faults, Set<Long> missing) {}

    private static List<Judged> judged(Path reel, String family, Set<Long> stable) throws IOException {
        List<Judged> all = new ArrayList<>();
        forEach(reel, s -> s.dumps().stream().filter(d -> d.family().equals(family)).forEach(d -> {
            Set<Long> missing = new HashSet<>(stable);
            SocketCursor cursor = d.cursor();
            while (cursor.next()) {
                missing.remove(cursor.socket().cookie());
            }
            all.add(new Judged(d.verdict(), d.faults().stream().map(Fault::kind).toList(), missing));
        }));
        return all;
    }

    /**
     * Checks that each dump that lost a socket which was never closed is called inconsistent, if one of the two dumps
     * before and one of the two after list the socket (VERDICTS.md).
     */
    private static void tornDumpsAreInconsistent(String what, List<Judged> dumps) {
        Map<DumpFault, Integer> faults = new TreeMap<>();
        dumps.forEach(d -> d.faults().forEach(f -> faults.merge(f, 1, Integer::sum)));
        System.out.printf(
                "%s: %d dumps, %d lost living sockets (%d at most in one), %d called inconsistent, faults %s%n",
                what, dumps.size(), dumps.stream().filter(d -> !d.missing().isEmpty()).count(),
                dumps.stream().mapToInt(d -> d.missing().size()).max().orElse(0),
                dumps.stream().filter(d -> d.verdict() == DumpVerdict.INCONSISTENT).count(), faults);
        int mustBeCalled = 0;
        for (int i = 0; i < dumps.size(); i++) {
            List<Judged> before = dumps.subList(Math.max(0, i - 2), i);
            List<Judged> after = dumps.subList(i + 1, Math.min(i + 3, dumps.size()));
            if (dumps.get(i).missing().stream().anyMatch(c -> anyLists(before, c) && anyLists(after, c))) {
                mustBeCalled++;
                assertEquals(DumpVerdict.INCONSISTENT, dumps.get(i).verdict(), what + " " + i + ": " + dumps.get(i));
            }
        }
        assertTrue(mustBeCalled > 0, what + ": no dump lost a living socket");
        assertTrue(dumps.stream().anyMatch(d -> d.verdict() == DumpVerdict.INCONSISTENT), what + " tore no dump");
    }

    private static boolean anyLists(List<Judged> dumps, long cookie) {
        return dumps.stream().anyMatch(d -> !d.missing().contains(cookie));
    }

    @Test
    void tornDumpsOfTcp() throws IOException {
        try (NetNamespace netns = NetNamespace.createWithTcpTable(FEW_BUCKETS);
                Churner churner = Churner.start(netns, "tcp", 3000, 300)) {
            Path reel = record(netns, "--count", "150", "--interval", "5ms", "--families", "tcp4");
            tornDumpsAreInconsistent("tcp", judged(reel, "tcp4", churner.stableCookies()));
        }
    }

    @Test
    void tornDumpsOfUnixSockets() throws IOException {
        try (NetNamespace netns = NetNamespace.create();
                Churner churner = Churner.start(netns, "unix", 8000, 400)) {
            Path reel = record(netns, "--count", "150", "--interval", "5ms", "--families", "unix");
            tornDumpsAreInconsistent("unix", judged(reel, "unix", churner.stableCookies()));
        }
    }

    /** UNIX_DIAG_ICONS of 10,000 pending connections exceeds a datagram: the kernel ends the dump early, with DONE. */
    @Test
    void aListenerWithTenThousandPendingConnectionsOverflows() throws IOException {
        try (NetNamespace netns = NetNamespace.create();
                SocketMaker crowded = SocketMaker.start(netns, "--unix-listen", "1", "--pending", "10000");
                SocketMaker others = SocketMaker.start(netns, "--unix-listen", "200", "--pending", "1")) {
            Path reel = record(netns, "--count", "3", "--interval", "100ms", "--families", "unix");
            forEach(reel, s -> {
                Dump plain = s.dumps().getFirst();
                Dump icons = s.dumps().getLast();
                assertEquals(DumpVerdict.COMPLETE, plain.verdict(), plain.faults().toString());
                assertEquals(DumpVerdict.TRUNCATED, icons.verdict(), icons.sockets() + " listeners");
                // on a busy machine a dump may also be slow
                List<Fault> faults =
                        icons.faults().stream().filter(f -> f.kind() != DumpFault.SLOW_DUMP).toList();
                assertEquals(List.of(DumpFault.ICONS_OVERFLOW), faults.stream().map(Fault::kind).toList());
                System.out.println("icons: " + faults.getFirst().why());
            });
            CommandRun verify = CommandRun.of(reel, "verify").exits(1);
            assertTrue(verify.out().contains("icons-overflow"), verify::toString);
        }
    }

    @Test
    void aThousandQuietSnapshotsAreComplete() throws IOException {
        try (NetNamespace netns = NetNamespace.create();
                SocketMaker sockets = SocketMaker.start(netns, "--mixed")) {
            Path reel = record(netns, "--count", "1000", "--interval", "2ms", "--families",
                    "tcp,udp,unix,raw,packet,netlink");
            Map<String, Integer> verdicts = new TreeMap<>();
            forEach(reel, s -> s.dumps().forEach(d -> {
                assertTrue(d.isComplete() || d.verdict() == DumpVerdict.UNAVAILABLE,
                        () -> "snapshot " + s.index() + " " + d.family() + " " + d.faults());
                verdicts.merge(d.family() + " " + d.verdict().id(), 1, Integer::sum);
            }));
            System.out.println("quiet: " + verdicts);
            assertEquals(1000, verdicts.get("tcp4 complete"), verdicts.toString());
            assertEquals(1000, verdicts.get("unix complete"), verdicts.toString());
        }
    }
}
