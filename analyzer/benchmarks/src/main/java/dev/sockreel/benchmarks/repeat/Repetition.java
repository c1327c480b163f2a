package dev.sockreel.benchmarks.repeat;

import dev.sockreel.capture.record.CaptureClose;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.Delta;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.capture.record.Threads;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns the records of a capture into those of a repetition: later, with higher numbers, and with what has grown. */
final class Repetition {
    /** Far above what a kernel has counted to. */
    private static final int COOKIE_SHIFT = 40;

    private final Original original;
    private final int repetition;
    private final long shiftNs;
    private final int snapshotShift;
    private final int dumpShift;
    private final Map<Integer, DumpBegin> open = new HashMap<>();

    /** @param repetition 1 for the first one after the original */
    Repetition(Original original, int repetition) {
        this.original = original;
        this.repetition = repetition;
        shiftNs = Math.multiplyExact(original.periodNs(), repetition);
        snapshotShift = Math.multiplyExact(original.snapshots() - 1, repetition);
        dumpShift = Math.multiplyExact(original.repeatedDumps(), repetition);
    }

    CaptureRecord of(CaptureRecord record) {
        return switch (record) {
            case CaptureHeader r -> r;
            case HostEvidence r -> r;
            case NetworkNamespace r -> r;
            case CaptureClose r -> r;
            case SnapshotBegin r -> new SnapshotBegin(snapshot(r.snapshot()), time(r.time()));
            case SnapshotEnd r -> new SnapshotEnd(snapshot(r.snapshot()), r.dumps(), time(r.time()));
            case DumpBegin r -> begin(r);
            case Datagram r -> new Datagram(dump(r.dump()), r.number(), r.marks(), r.msgFlags(), r.trueLength(),
                    r.senderPid(), time(r.time()), Unpooled.wrappedBuffer(repeat(r)));
            case DumpEnd r -> end(r);
            case ProcText r -> new ProcText(snapshot(r.snapshot()), r.netns(), r.path(), r.when(), r.errno(), r.part(),
                    r.last(), time(r.time()), r.text());
            case Owners r -> new Owners(snapshot(r.snapshot()), r.whole(), r.part(), r.last(), time(r.begun()),
                    time(r.ended()), r.scanned(), r.unreadable(), r.vanished(), r.processes());
            case Processes r -> new Processes(snapshot(r.snapshot()), time(r.time()), r.processes());
            case Threads r -> new Threads(snapshot(r.snapshot()), time(r.time()), r.flags(), r.processes());
            case ClosedSockets r -> new ClosedSockets(snapshot(r.snapshot()), r.netns(),
                    r.number() + original.closed() * repetition, r.msgFlags(), time(r.time()), r.data());
            case HostNamespaces r -> new HostNamespaces(snapshot(r.snapshot()), time(r.time()), r.unreadable(),
                    r.namespaces());
            case OwnSockets r -> own(r);
            case Delta r -> throw new IllegalArgumentException("readers return what it stands for");
            case RecorderNote r -> new RecorderNote(snapshot(r.snapshot()), dump(r.dump()), r.kind(), r.value(),
                    time(r.time()), r.text());
        };
    }

    private ReceiveTime time(ReceiveTime time) {
        return time.isKnown() ? new ReceiveTime(time.realtimeNs() + shiftNs, time.monotonicNs() + shiftNs) : time;
    }

    /** Negative numbers stand for none. */
    private int snapshot(int number) {
        return number < 0 ? number : number + snapshotShift;
    }

    private int dump(int number) {
        return number < 0 ? number : number + dumpShift;
    }

    private DumpBegin begin(DumpBegin r) {
        open.put(r.dump(), r);
        return new DumpBegin(dump(r.dump()), snapshot(r.snapshot()), r.netns(), r.family(), r.encoding(), r.origin(),
                r.knows(), r.bufferBytes(), time(r.time()), r.request(), r.sourceByte());
    }

    private DumpEnd end(DumpEnd r) {
        open.remove(r.dump());
        return new DumpEnd(dump(r.dump()), r.outcome(), r.errno(), r.datagrams(), r.operation(), time(r.time()));
    }

    private OwnSockets own(OwnSockets r) {
        List<OwnSockets.Own> own = r.sockets().stream()
                .map(s -> s.cookie() == 0 ? s : new OwnSockets.Own(s.inode(), cookie(r.netns(), s.cookie())))
                .toList();
        return new OwnSockets(snapshot(r.snapshot()), r.netns(), own);
    }

    private long cookie(int netns, long cookie) {
        return original.life(netns, cookie) != null ? cookie : cookie + ((long) repetition << COOKIE_SHIFT);
    }

    private byte[] repeat(Datagram r) {
        byte[] bytes = new byte[r.data().readableBytes()];
        r.data().getBytes(r.data().readerIndex(), bytes);
        DumpBegin begin = open.get(r.dump());
        if (begin == null) {
            return bytes; // its dump is lost: as it was
        }
        SocketMessage message = original.message(bytes, begin.family());
        long elapsedMs = original.elapsedMs(begin.time());
        while (message.next()) {
            Life life = original.life(begin.netns(), message.cookie());
            if (life == null) {
                message.setCookie(cookie(begin.netns(), message.cookie()));
            } else {
                life.repeat(message, repetition, elapsedMs);
            }
        }
        return bytes;
    }
}
