package dev.sockreel.delta.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.Threads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A made-up host whose snapshots have every type of record; what happens on it is decided by a random generator. */
final class BusyHost {
    private static final List<String> FAMILIES = List.of("tcp4", "tcp6", "udp4", "unix");
    private static final List<String> WAITS = List.of("", "futex_do_wait", "do_epoll_wait", "hrtimer_nanosleep");

    private final Random random;
    private final int activity;
    private final List<Process> processes = new ArrayList<>();
    private long monotonicNs = 5_000_000_000_000L;
    private long distanceNs = 1_790_000_000_000_000_000L;
    private int dump;
    private int nextPid = 100;
    private long nextInode = 30_000;
    private final long[] counters = new long[40];

    private static final class Process {
        final int pid;
        final List<long[]> sockets = new ArrayList<>();
        long ticks;
        String wait = "futex_do_wait";

        Process(int pid) {
            this.pid = pid;
        }
    }

    /** @param activity how many of a hundred things change from snapshot to snapshot */
    BusyHost(Random random, int processes, int activity) {
        this.random = random;
        this.activity = activity;
        for (int i = 0; i < processes; i++) {
            begin();
        }
    }

    private boolean happens() {
        return random.nextInt(100) < activity;
    }

    private void begin() {
        Process p = new Process(nextPid);
        nextPid += 1 + random.nextInt(3);
        for (int i = random.nextInt(6); i >= 0; i--) {
            p.sockets.add(new long[] {3 + p.sockets.size(), nextInode++});
        }
        processes.add(processes.isEmpty() ? 0 : random.nextInt(processes.size()), p);
    }

    /** Returns the records of the next snapshot. */
    List<Body> snapshot(int number) {
        live();
        List<CaptureRecord> all = new ArrayList<>();
        all.add(new NetworkNamespace(0, 4_026_531_840L, 1, "", List.of(new NetworkNamespace.Interface(1, "lo"))));
        texts(all, number, ProcText.When.BEFORE_DUMPS);
        for (String family : FAMILIES) {
            if (!family.equals("udp4") || !happens()) {
                dump(all, number, family);
            }
        }
        texts(all, number, ProcText.When.AFTER_DUMPS);
        all.add(new OwnSockets(number, 0, List.of(
                new OwnSockets.Own(nextInode, 2 * nextInode), new OwnSockets.Own(nextInode + 1, 2 * nextInode + 2))));
        nextInode += 2;
        holders(all, number);
        if (happens()) {
            all.add(new RecorderNote(number, -1, RecorderNote.Kind.MISSED_TICKS, number, time(), "ticks passed"));
            all.add(new ClosedSockets(number, 0, number, 0, time(), Unpooled.wrappedBuffer(new byte[] {
                (byte) number, 1, 2, 3, 4, 5, 6})));
        }
        all.add(new HostNamespaces(number, time(), 0, List.of(
                new HostNamespaces.Namespace(4_026_531_840L, processes.size(), "", 1, "init"))));
        return new ArrayList<>(all.stream().map(Body::of).toList());
    }

    private void live() {
        if (happens()) {
            begin();
        }
        if (happens() && processes.size() > 1) {
            processes.remove(random.nextInt(processes.size()));
        }
        for (Process p : processes) {
            if (happens()) {
                p.ticks += random.nextInt(500);
                p.wait = WAITS.get(random.nextInt(WAITS.size()));
                p.sockets.add(random.nextInt(p.sockets.size() + 1), new long[] {90 + random.nextInt(900), nextInode++});
            }
            if (happens() && !p.sockets.isEmpty()) {
                p.sockets.remove(random.nextInt(p.sockets.size()));
            }
        }
        for (int i = 0; i < counters.length; i++) {
            counters[i] += happens() ? random.nextInt(1 << random.nextInt(20)) : i % 5 == 0 ? i : 0;
        }
    }

    private ReceiveTime time() {
        monotonicNs += 1000L * (activity == 0 ? 50 : 20 + random.nextInt(100));
        return new ReceiveTime(monotonicNs + distanceNs, monotonicNs);
    }

    private void dump(List<CaptureRecord> all, int number, String family) {
        ByteBuffer request = ByteBuffer.allocate(72).order(ByteOrder.LITTLE_ENDIAN);
        request.putInt(72).putShort((short) 20).putShort((short) 0x301).putInt(dump + 1);
        all.add(new DumpBegin(dump, number, 0, family, DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL, 32768,
                time(), request.array()));
        all.add(new DumpEnd(dump++, DumpEnd.Outcome.DONE, 0, happens() ? 2 : 1, "", time()));
    }

    private void texts(List<CaptureRecord> all, int number, ProcText.When when) {
        StringBuilder table = new StringBuilder("protocol  size sockets  memory\n");
        StringBuilder row = new StringBuilder("TcpExt:");
        for (int i = 0; i < counters.length; i++) {
            table.append(String.format("%-9s %4d %7d %7s%n", "proto" + i, 1000 + i, counters[i], i % 3 - 1));
            row.append(' ').append(counters[i]);
        }
        String hex = String.format("%08x 00000000 %08x%n", counters[0], counters[1]);
        all.add(text(number, "/proc/net/protocols", when, table.toString()));
        all.add(text(number, "/proc/net/netstat", when, "TcpExt: names\n" + row + "\n" + hex));
    }

    private ProcText text(int number, String path, ProcText.When when, String text) {
        ByteBuf bytes = Unpooled.wrappedBuffer(text.getBytes(UTF_8));
        return new ProcText(number, 0, path, when, 0, 0, true, time(), bytes);
    }

    private void holders(List<CaptureRecord> all, int number) {
        List<Owners.Holder> holders = new ArrayList<>();
        List<Processes.Facts> facts = new ArrayList<>();
        List<Threads.Process> threads = new ArrayList<>();
        for (Process p : processes) {
            byte[] comm = ("worker" + p.pid % 3).getBytes(UTF_8);
            String stat = p.pid + " (" + new String(comm, UTF_8) + ") S 1 " + p.pid + " 0 -1 4194560 " + p.ticks
                    + " 0 0 " + p.ticks / 7 + " 20 0 1 0 " + 1000L * p.pid + "\n";
            holders.add(new Owners.Holder(p.pid, comm, stat.getBytes(UTF_8), "/user.slice".getBytes(UTF_8),
                    p.sockets.stream().mapToInt(s -> (int) s[0]).toArray(),
                    p.sockets.stream().mapToLong(s -> s[1]).toArray()));
            facts.add(new Processes.Facts(p.pid, 1000L * p.pid, 0, "root", 0, ("w\0--id\0" + p.pid).getBytes(UTF_8),
                    "0::/user.slice\n".getBytes(UTF_8), 4_026_531_840L, 62));
            threads.add(new Threads.Process(p.pid, 0, List.of(
                    new Threads.Thread(p.pid, p.wait.isEmpty() ? 'R' : 'S', 202, -1, 0, p.wait))));
        }
        all.add(new Owners(number, number % 3 == 0, 0, true, time(), time(), holders.size(), 0, 0, holders));
        all.add(new Threads(number, time(), 0, threads));
        if (happens()) {
            all.add(new Processes(number, time(), facts));
        }
    }
}
