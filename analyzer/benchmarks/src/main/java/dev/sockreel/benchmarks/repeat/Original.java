package dev.sockreel.benchmarks.repeat;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.SnapshotBegin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The capture that is repeated: how many snapshots and dumps it has, and which sockets are in its first and in its
 * last snapshot. Held in memory are those sockets, no dumps.
 */
final class Original {
    private final Path path;
    private @Nullable CaptureHeader header;
    private int snapshots;
    private int dumps;
    private int dumpsOfFirst;
    private int closed;
    private ReceiveTime first = ReceiveTime.NONE;
    private ReceiveTime last = ReceiveTime.NONE;
    /** The sockets by namespace and cookie. */
    private final Map<Integer, Map<Long, Life>> lives = new HashMap<>();

    private Original(Path path) {
        this.path = path;
    }

    /** Reads a capture twice: to find its last snapshot, and to find the sockets. */
    static Original read(Path path) throws IOException {
        Original original = new Original(path);
        original.count();
        original.findSockets();
        return original;
    }

    private void count() throws IOException {
        try (CaptureReader reader = CaptureReader.open(path)) {
            CaptureRecord record;
            while ((record = reader.next()) != null) {
                switch (record) {
                    case CaptureHeader begin -> header = begin;
                    case SnapshotBegin begin -> {
                        first = snapshots == 0 ? begin.time() : first;
                        last = begin.time();
                        snapshots++;
                    }
                    case DumpBegin begin -> {
                        dumps++;
                        dumpsOfFirst += snapshots == 1 ? 1 : 0;
                    }
                    case ClosedSockets some -> closed++;
                    default -> {
                        // of no account
                    }
                }
            }
        }
        if (snapshots == 0 || !first.isKnown()) {
            throw new IOException(path + ": no snapshot with a time is in it");
        }
    }

    private void findSockets() throws IOException {
        try (CaptureReader reader = CaptureReader.open(path)) {
            Map<Integer, DumpBegin> open = new HashMap<>();
            int snapshot = -1;
            CaptureRecord record;
            while (snapshots > 1 && (record = reader.next()) != null) {
                switch (record) {
                    case SnapshotBegin begin -> snapshot++;
                    case DumpBegin begin -> open.put(begin.dump(), begin);
                    case DumpEnd end -> open.remove(end.dump());
                    case Datagram datagram -> {
                        DumpBegin dump = open.get(datagram.dump());
                        if (dump != null && (snapshot == 0 || snapshot == snapshots - 1)) {
                            find(datagram, dump, snapshot == 0);
                        }
                    }
                    default -> {
                        // holds no socket
                    }
                }
            }
        }
        lives.values().forEach(all -> all.values().removeIf(life -> !life.isWhole()));
    }

    private void find(Datagram datagram, DumpBegin dump, boolean isFirst) {
        byte[] bytes = new byte[datagram.data().readableBytes()];
        datagram.data().getBytes(datagram.data().readerIndex(), bytes);
        SocketMessage message = message(bytes, dump.family());
        Map<Long, Life> all = lives.computeIfAbsent(dump.netns(), n -> new HashMap<>());
        while (message.next()) {
            if (isFirst) {
                all.putIfAbsent(message.cookie(), Life.begun(message));
            } else {
                Life life = all.get(message.cookie());
                if (life != null) {
                    life.end(message, elapsedMs(last));
                }
            }
        }
    }

    /** Returns a walk over a datagram's sockets. */
    SocketMessage message(byte[] datagram, String family) {
        return new SocketMessage(ByteBuffer.wrap(datagram).order(header().orderOrLittleEndian()),
                family.startsWith("tcp"));
    }

    /** Returns the socket with this cookie; null when it is not in the first and the last snapshot. */
    @Nullable
    Life life(int netns, long cookie) {
        Map<Long, Life> all = lives.get(netns);
        return all == null ? null : all.get(cookie);
    }

    CaptureHeader header() {
        CaptureHeader found = header;
        if (found == null) {
            throw new IllegalStateException(path + " has no header");
        }
        return found;
    }

    Path path() {
        return path;
    }

    int snapshots() {
        return snapshots;
    }

    /** The dumps of a repetition: those of the first snapshot are not repeated. */
    int repeatedDumps() {
        return dumps - dumpsOfFirst;
    }

    int closed() {
        return closed;
    }

    /** Returns the time from the first snapshot's begin to the last one's. */
    long periodNs() {
        return last.nanosSince(first);
    }

    long elapsedMs(ReceiveTime time) {
        return time.nanosSince(first) / 1_000_000;
    }
}
