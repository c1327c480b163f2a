package dev.sockreel.benchmarks;

import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.Threads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Counts of the owners of sockets. */
final class ProcessCounts {
    private static final int MANY = 1 << 18;
    private static final byte[] NONE = new byte[0];

    static final List<Count> ALL = List.of(
            owned("processes", (reel, n) -> owners(reel, true, holders(n, 1))),
            owned("parts of a scan", (reel, n) -> {
                for (int i = 0; i < n; i++) {
                    reel.write(part(reel, true, i, i == n - 1, List.of(holder(1 + i, new long[] {1 + i}))));
                }
            }),
            owned("scans of a snapshot", (reel, n) -> {
                for (int i = 0; i < n; i++) {
                    reel.write(part(reel, i % 2 == 0, 0, true, List.of(holder(1 + i, new long[] {1}))));
                }
            }),
            owned("descriptors of a process", (reel, n) -> {
                List<Owners.Holder> parts = new ArrayList<>();
                for (int from = 0; from < n; from += Owners.PART_DESCRIPTORS) {
                    parts.add(holder(1, LongStream.range(from, Math.min(n, from + Owners.PART_DESCRIPTORS))
                            .map(i -> i + 1).toArray()));
                }
                owners(reel, true, parts);
            }),
            owned("owners of a socket", (reel, n) -> owners(reel, true, IntStream.rangeClosed(1, n)
                    .mapToObj(pid -> holder(pid, new long[] {CaptureCounts.INODE})).toList())),
            SnapshotCounts.count("connections of shared owners", 1 << 11, (reel, n) -> {
                owners(reel, true, IntStream.rangeClosed(1, 20).mapToObj(
                        pid -> holder(pid, LongStream.rangeClosed(1, n).toArray())).toList());
                reel.dump("tcp4", Sockets.tcp4(), Sockets.loopback(n, 5));
            }),
            owned("facts of processes", (reel, n) -> {
                owners(reel, true, holders(n, 1));
                for (int i = 0; i < n; i += 1000) {
                    reel.write(new Processes(reel.snapshot(), reel.now(),
                            IntStream.range(i, Math.min(n, i + 1000)).mapToObj(p -> facts(1 + p)).toList()));
                }
            }),
            owned("threads", (reel, n) -> {
                owners(reel, true, holders(2, 1));
                for (int i = 0; i < n; i += 10_000) {
                    reel.write(new Threads(reel.snapshot(), reel.now(), 0, List.of(new Threads.Process(1, 0,
                            IntStream.range(i, Math.min(n, i + 10_000)).mapToObj(ProcessCounts::thread).toList()))));
                }
            }),
            owned("processes with threads", (reel, n) -> {
                owners(reel, true, holders(n, 1));
                for (int i = 0; i < n; i += 1000) {
                    reel.write(new Threads(reel.snapshot(), reel.now(), 0, IntStream.range(i, Math.min(n, i + 1000))
                            .mapToObj(p -> new Threads.Process(1 + p, 0, List.of(thread(1 + p)))).toList()));
                }
            }));

    /** Adds n connections with unread bytes to what is recorded about processes. */
    private static Count owned(String name, SnapshotCounts.Filler filler) {
        return SnapshotCounts.count(name, MANY, (reel, n) -> {
            filler.fill(reel, n);
            reel.dump("tcp4", Sockets.tcp4(), Sockets.loopback(n, 5));
        });
    }

    /** Writes n snapshots after a scan of as many processes, with facts about one process in each. */
    static List<Path> carriedOver(Path folder, int n) throws IOException {
        CountedReel reel = CountedReel.begin(folder, "a.reel").begin();
        owners(reel, true, holders(n, 1));
        reel.write(new Processes(reel.snapshot(), reel.now(),
                IntStream.rangeClosed(1, n).mapToObj(ProcessCounts::facts).toList()));
        for (int i = 0; i < n; i++) {
            reel.dump("unix", Sockets.unix(), Sockets.unixes(2)).end().begin();
            reel.write(new Processes(reel.snapshot(), reel.now(), List.of(facts(n + i))));
            if (i % 2 == 0) {
                reel.write(part(reel, false, 0, false, List.of(holder(1, new long[0]))));
            }
        }
        return List.of(reel.end().close());
    }

    private static void owners(CountedReel reel, boolean whole, List<Owners.Holder> holders) throws IOException {
        List<List<Owners.Holder>> parts = Owners.parts(holders);
        for (int i = 0; i < parts.size(); i++) {
            reel.write(part(reel, whole, i, i == parts.size() - 1, parts.get(i)));
        }
    }

    private static Owners part(CountedReel reel, boolean whole, int part, boolean last, List<Owners.Holder> holders) {
        return new Owners(reel.snapshot(), whole, part, last, reel.now(), reel.now(), holders.size(), 0, 0, holders);
    }

    private static List<Owners.Holder> holders(int n, int sockets) {
        return IntStream.rangeClosed(1, n)
                .mapToObj(pid -> holder(pid, LongStream.range(pid, pid + sockets).toArray())).toList();
    }

    private static Owners.Holder holder(int pid, long[] inodes) {
        byte[] stat = (pid + " (x) S 1 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 100 0 0")
                .getBytes(StandardCharsets.US_ASCII);
        return new Owners.Holder(pid, "x".getBytes(StandardCharsets.US_ASCII), stat, NONE,
                IntStream.range(3, 3 + inodes.length).toArray(), inodes);
    }

    private static Processes.Facts facts(int pid) {
        return new Processes.Facts(pid, 100, 0, "root", 0, "x\0".getBytes(StandardCharsets.US_ASCII), NONE, 0, 62);
    }

    private static Threads.Thread thread(int tid) {
        return new Threads.Thread(tid + 1, 'S', 0, 3, 0, "wait");
    }

    private ProcessCounts() {}
}
