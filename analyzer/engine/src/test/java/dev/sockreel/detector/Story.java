package dev.sockreel.detector;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.Threads;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Findings;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.fixtures.DiagMsgBuilder;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.ProcTextBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.verdict.WrittenCapture;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds synthetic snapshots and passes them through a capture file to the findings. */
public final class Story {
    public static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final NlmsgBuilder TCP4 = DiagRequest.inet(ORDER, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0xff, 0xffffffffL);
    private static final NlmsgBuilder UNIX = DiagRequest.unix(ORDER, 0xffffffffL, 0, 0x77, 0);
    private static final NlmsgBuilder DONE = NlmsgBuilder.done(ORDER, 0).seq(1);

    /** System calls of x86-64. */
    public static final int NANOSLEEP = 35;
    public static final int CONNECT = 42;
    public static final int SENDTO = 44;
    private static final int EM_X86_64 = 62;

    private final WrittenCapture capture = WrittenCapture.begin(ORDER);
    private Thresholds thresholds = Thresholds.DEFAULT;

    public static Story begin() {
        return new Story();
    }

    Story thresholds(Thresholds value) {
        thresholds = value;
        return this;
    }

    public Story at(double seconds) {
        capture.snapshot(seconds);
        return this;
    }

    /** Sets the realtime clock before the next snapshot. */
    Story stepRealtime(double seconds) {
        capture.stepRealtime(seconds);
        return this;
    }

    /** Begins a snapshot at an unknown time. */
    Story atUnknownTime() {
        capture.untimedSnapshot();
        return this;
    }

    public Story tcp(DiagMsgBuilder<?>... sockets) {
        return dump("tcp4", TCP4, DONE, sockets);
    }

    public Story unix(DiagMsgBuilder<?>... sockets) {
        return dump("unix", UNIX, DONE, sockets);
    }

    Story netlink(DiagMsgBuilder<?>... sockets) {
        return dump("netlink", DiagRequest.netlink(ORDER, 255, 0xf), DONE, sockets);
    }

    /** Adds an answer without a handler. */
    public Story tcpMissing() {
        return dump("tcp4", TCP4, NlmsgBuilder.done(ORDER, -Uapi.ENOENT).seq(1));
    }

    /** Adds a dump with these sockets and without an end. */
    public Story tcpUnfinished(DiagMsgBuilder<?>... sockets) {
        return dump("tcp4", TCP4, NlmsgBuilder.of(ORDER, Uapi.NLMSG_NOOP).seq(1), sockets);
    }

    private Story dump(String family, NlmsgBuilder request, NlmsgBuilder last, DiagMsgBuilder<?>... sockets) {
        DumpBuilder messages = new DumpBuilder();
        for (DiagMsgBuilder<?> socket : sockets) {
            messages.add(socket.header(h -> h.seq(1)).toBytes());
        }
        capture.dump(family, request, messages.add(last).datagrams(32768));
        return this;
    }

    /** Adds the text of /proc/net/tcp in place of a dump, as from a kernel without tcp_diag. */
    Story tcpText(ProcTextBuilder text) {
        return tcpMissing().text("tcp", text);
    }

    /** Adds a table of /proc/net. */
    Story text(String table, ProcTextBuilder text) {
        capture.procText("/proc/net/" + table, text.toBytes());
        return this;
    }

    public Story owners(Owners.Holder... holders) {
        return owners(0, holders);
    }

    /** @param unreadable number of processes that the scan could not read */
    public Story owners(int unreadable, Owners.Holder... holders) {
        capture.owners(unreadable, holders);
        return this;
    }

    /** Adds a complete scan; the only thread of its first process is in a system call. */
    public Story inCall(int call, int fd, Owners.Holder holder, Owners.Holder... others) {
        int pid = holder.pid();
        capture.write(new Processes(capture.index(), ReceiveTime.NONE, List.of(new Processes.Facts(
                pid, 1, 0, "root", 0, new byte[0], new byte[0], 0, EM_X86_64))));
        capture.write(new Threads(capture.index(), ReceiveTime.NONE, 0, List.of(new Threads.Process(pid, 0, List.of(
                new Threads.Thread(pid, 'S', call, fd, 0, ""))))));
        return owners(Stream.concat(Stream.of(WrittenCapture.startedAt(1, holder)), Stream.of(others))
                .toArray(Owners.Holder[]::new));
    }

    /** Sets the interval that the recording was asked for. */
    Story interval(Duration interval) {
        capture.write(new HostEvidence(Map.of(
                HostEvidence.BOOT_ID, "boot-1", HostEvidence.INTERVAL_NS, Long.toString(interval.toNanos()))));
        return this;
    }

    public List<Snapshot> snapshots() {
        return capture.read();
    }

    List<Finding> findings() {
        return run().findings();
    }

    public List<Cause> causes() {
        return run().causes();
    }

    Findings run() {
        FindingsRun run = new FindingsRun(thresholds);
        snapshots().forEach(run::add);
        return run.finish();
    }

    /** Returns {@code id/certainty/trend} of each finding, in their order. */
    List<String> found() {
        return findings().stream()
                .map(f -> f.id() + "/" + f.certainty().id() + "/" + f.trend())
                .toList();
    }

    /** Returns id, severity and certainty of each finding. */
    static List<String> weighed(List<Finding> found) {
        return found.stream().map(f -> f.id() + " " + f.severity() + " " + f.certainty()).toList();
    }

    /** Returns a socket: ESTAB 127.0.0.1:80 from :5000, cookie 1, inode 100. */
    public static InetDiagMsgBuilder tcp(long rqueue, long bytesReceived) {
        return tcpWithoutInfo(rqueue).info(TcpInfoBuilder.ofLength(232).set("tcpi_bytes_received", bytesReceived));
    }

    public static InetDiagMsgBuilder tcpWithoutInfo(long rqueue) {
        return InetDiagMsgBuilder.in(ORDER)
                .local("127.0.0.1", 80)
                .remote("127.0.0.1", 5000)
                .cookie(1)
                .inode(100)
                .queues(rqueue, 0);
    }

    static InetDiagMsgBuilder tcpListener(long pending, long limit) {
        return InetDiagMsgBuilder.in(ORDER)
                .local("127.0.0.1", 80)
                .remote("0.0.0.0", 0)
                .state(Uapi.TCP_LISTEN)
                .cookie(2)
                .inode(200)
                .queues(pending, limit);
    }

    static UnixDiagMsgBuilder unix(long rqueue) {
        return UnixDiagMsgBuilder.in(ORDER).cookie(7).inode(700).rqlen(rqueue, 0).peer(701);
    }
}
