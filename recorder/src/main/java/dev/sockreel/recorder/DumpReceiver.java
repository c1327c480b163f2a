package dev.sockreel.recorder;

import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd.Outcome;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.recorder.kernel.HostClock;
import dev.sockreel.recorder.kernel.NetlinkSocket;
import dev.sockreel.recorder.kernel.ReceivePool;
import dev.sockreel.recorder.kernel.ReceiveSlot;
import dev.sockreel.recorder.kernel.SyscallException;
import dev.sockreel.recorder.spool.SlotBatch;
import dev.sockreel.recorder.spool.Spool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes one dump: sends the request, receives until NLMSG_DONE, NLMSG_ERROR or the deadline, and passes every datagram
 * to the spool as received. Between two receives it only walks message headers. Not thread-safe.
 */
final class DumpReceiver {
    /** The time a running dump has to finish after a stop was requested, nanoseconds. */
    static final long STOP_GRACE_NS = 400_000_000L;

    private static final int POLL_MS = 100;

    private final ReceivePool pool;
    private final Spool spool;
    private final StopSignal stop;
    private final AtomicInteger dumpNumbers;
    private final long deadlineNs;
    private final MessageScan scan = new MessageScan();
    private final List<OwnSockets.Own> opened = new ArrayList<>();

    /**
     * The end of a dump.
     *
     * @param outcome   why receiving stopped
     * @param errno     errno of the failed call, of NLMSG_ERROR or of NLMSG_DONE (positive); 0 for none
     * @param sockets   number of socket messages received
     * @param operation the system call that failed, empty for none
     */
    record Result(Outcome outcome, int errno, int sockets, String operation) {
        /** Returns true if there is no handler (NLMSG_ERROR or NLMSG_DONE with ENOENT) or no sock_diag at all. */
        boolean handlerMissing() {
            return switch (outcome) {
                case DONE, ERROR -> errno == Errno.ENOENT;
                case CALL_FAILED -> errno == Errno.EPROTONOSUPPORT || errno == Errno.EAFNOSUPPORT;
                default -> false;
            };
        }

        String description() {
            String with = errno == 0 ? "" : " with " + Errno.describe(errno);
            return switch (outcome) {
                case DONE -> "NLMSG_DONE" + with;
                case ERROR -> "NLMSG_ERROR" + with;
                case CALL_FAILED -> operation + " failed" + with;
                case TIMEOUT -> "not finished by the deadline";
                case STOPPED -> "stopped";
                case SOURCE_ENDED, MISSING_BEFORE, NOT_LOADED -> "not requested";
            };
        }
    }

    DumpReceiver(ReceivePool pool, Spool spool, StopSignal stop, AtomicInteger dumpNumbers, long deadlineNs) {
        this.pool = pool;
        this.spool = spool;
        this.stop = stop;
        this.dumpNumbers = dumpNumbers;
        this.deadlineNs = deadlineNs;
    }

    Result dump(Family family, int snapshot, int netns) throws InterruptedException {
        int dump = dumpNumbers.getAndIncrement();
        int seq = dump + 1;
        byte[] request = family.request().bytes(seq);
        ReceiveTime begun = HostClock.now();
        spool.put(new DumpBegin(
                dump, snapshot, netns, family.id(), DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL,
                ReceivePool.BUFFER_BYTES, begun, request));
        Running running = new Running(dump, seq, System.nanoTime() + deadlineNs);
        Result result;
        try (NetlinkSocket socket = NetlinkSocket.open()) {
            opened.add(socket.numbers());
            socket.send(request);
            result = receive(socket, running);
        } catch (SyscallException e) {
            result = new Result(Outcome.CALL_FAILED, e.errno(), running.sockets, e.operation());
        }
        handOver(running);
        note(result, running, snapshot);
        spool.put(new DumpEnd(
                dump, result.outcome(), result.errno(), running.datagrams, result.operation(), HostClock.now()));
        return result;
    }

    /** Returns the sockets that it opened, one a dump. */
    List<OwnSockets.Own> opened() {
        return opened;
    }

    /** Records that a dump was not requested, and why. */
    void skip(Family family, int snapshot, int netns, MissingHandlers.Why why) throws InterruptedException {
        int dump = dumpNumbers.getAndIncrement();
        ReceiveTime now = HostClock.now();
        spool.put(new DumpBegin(
                dump, snapshot, netns, family.id(), DumpBegin.VERBATIM, Origin.LIVE, DumpBegin.KNOWS_ALL,
                ReceivePool.BUFFER_BYTES, now, family.request().bytes(dump + 1)));
        spool.put(new RecorderNote(
                snapshot, dump, RecorderNote.Kind.NOT_ASKED, 0, now, family.id() + ": " + why.reason()));
        spool.put(new DumpEnd(dump, why.outcome(), why.errno(), 0, "", now));
    }

    private static final class Running {
        final int dump;
        final int seq;
        final long endNs;
        final ReceivePool.Waited waited = new ReceivePool.Waited();
        SlotBatch batch = new SlotBatch();
        int datagrams;
        int sockets;

        Running(int dump, int seq, long endNs) {
            this.dump = dump;
            this.seq = seq;
            this.endNs = endNs;
        }

        Result end(Outcome outcome, int errno, String operation) {
            return new Result(outcome, errno, sockets, operation);
        }
    }

    private Result receive(NetlinkSocket socket, Running running) throws SyscallException, InterruptedException {
        while (true) {
            ReceiveSlot slot = takeSlot(running);
            int failed = socket.receive(slot);
            if (failed < 0) {
                pool.give(slot);
                if (failed != -Errno.EAGAIN) {
                    return running.end(Outcome.CALL_FAILED, -failed, "recvmsg");
                }
                handOver(running);
                socket.await(POLL_MS);
            } else {
                slot.time = HostClock.now();
                MessageScan.End end = accept(slot, running);
                if (end != MessageScan.End.GOES_ON) {
                    return running.end(end == MessageScan.End.DONE ? Outcome.DONE : Outcome.ERROR, scan.errno(), "");
                }
            }
            if (stop.isOverdue(STOP_GRACE_NS) || spool.failed()) {
                return running.end(Outcome.STOPPED, 0, "");
            }
            if (System.nanoTime() - running.endNs > 0) {
                return running.end(Outcome.TIMEOUT, 0, "");
            }
        }
    }

    private MessageScan.End accept(ReceiveSlot slot, Running running) throws InterruptedException {
        // Only the kernel, port 0, ends a dump; what another process sends is kept, not believed.
        MessageScan.End end = scan.scan(slot.nio, slot.length, running.seq);
        if (slot.senderPid != 0) {
            end = MessageScan.End.GOES_ON;
        }
        slot.dump = running.dump;
        slot.number = running.datagrams++;
        slot.sockets = scan.sockets();
        running.sockets += slot.sockets;
        running.batch.add(slot);
        if (running.batch.isFull()) {
            handOver(running);
        }
        return end;
    }

    /**
     * Takes a free slot. Hands over the receiver's own batch before it waits, since otherwise all slots could lie in
     * the batches of waiting receivers.
     */
    private ReceiveSlot takeSlot(Running running) throws InterruptedException {
        ReceiveSlot slot = pool.poll();
        if (slot == null) {
            handOver(running);
            slot = pool.take(running.waited);
        }
        return slot;
    }

    private void handOver(Running running) throws InterruptedException {
        if (running.batch.count() > 0) {
            spool.put(running.batch);
            running.batch = new SlotBatch();
        }
    }

    private void note(Result result, Running running, int snapshot) throws InterruptedException {
        if (running.waited.nanos > 0) {
            spool.put(new RecorderNote(
                    snapshot, running.dump, RecorderNote.Kind.RECEIVER_WAITED, running.waited.nanos,
                    HostClock.now(), "all " + pool.slots() + " receive buffers were waiting to be written"));
        }
        if (result.outcome() == Outcome.TIMEOUT) {
            spool.put(new RecorderNote(
                    snapshot, running.dump, RecorderNote.Kind.TIMEOUT, deadlineNs, HostClock.now(),
                    "the dump was not finished by its deadline"));
        }
    }
}
