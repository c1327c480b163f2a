package dev.sockreel.benchmarks.series;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.nlmsg.Nlmsghdr;
import io.netty.buffer.ByteBuf;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The datagrams of a capture as files: one with all of them, one for each snapshot, and one for each snapshot's tcp4
 * dump, which is what {@code ss -D} would have written.
 */
final class RawDumps {
    private static final String SS_FAMILY = "tcp4";
    private static final int TYPE_AT = 4;

    private final Path folder;
    private final Path whole;
    private final List<Path> snapshots = new ArrayList<>();
    private final List<Path> ssDumps = new ArrayList<>();
    private final List<Long> sockets = new ArrayList<>();
    private long ssSockets;

    private RawDumps(Path folder) {
        this.folder = folder;
        this.whole = folder.resolve("all.raw");
    }

    static RawDumps of(Path reel, Path folder) throws IOException {
        RawDumps dumps = new RawDumps(folder);
        try (CaptureReader reader = CaptureReader.open(reel);
                OutputStream all = new BufferedOutputStream(Files.newOutputStream(dumps.whole))) {
            dumps.readAll(reader, all);
        }
        return dumps;
    }

    private void readAll(CaptureReader reader, OutputStream all) throws IOException {
        ByteOrder order = ByteOrder.nativeOrder();
        OutputStream snapshot = OutputStream.nullOutputStream();
        OutputStream ss = OutputStream.nullOutputStream();
        int ssDump = -1;
        CaptureRecord record;
        try {
            while ((record = reader.next()) != null) {
                switch (record) {
                    case CaptureHeader header -> order = header.orderOrLittleEndian();
                    case SnapshotBegin begin -> {
                        snapshot = open(snapshots, "snapshot-" + begin.snapshot());
                        sockets.add(0L);
                    }
                    case DumpBegin begin when begin.family().equals(SS_FAMILY) -> {
                        ss.close();
                        ss = open(ssDumps, "ss-" + begin.dump());
                        ssDump = begin.dump();
                    }
                    case Datagram datagram -> {
                        byte[] bytes = bytes(datagram);
                        all.write(bytes);
                        snapshot.write(bytes);
                        long found = sockets(datagram.data(), order);
                        sockets.set(sockets.size() - 1, sockets.getLast() + found);
                        if (datagram.dump() == ssDump) {
                            ss.write(bytes);
                            ssSockets += found;
                        }
                    }
                    case SnapshotEnd end -> snapshot.close();
                    default -> {
                        // evidence about the host: other tools are not given it
                    }
                }
            }
        } finally {
            snapshot.close();
            ss.close();
        }
    }

    private OutputStream open(List<Path> list, String name) throws IOException {
        Path file = folder.resolve(name + ".raw");
        list.add(file);
        return new BufferedOutputStream(Files.newOutputStream(file));
    }

    private static byte[] bytes(Datagram datagram) {
        byte[] bytes = new byte[datagram.data().readableBytes()];
        datagram.data().getBytes(datagram.data().readerIndex(), bytes);
        return bytes;
    }

    /** Returns how many of a datagram's messages describe a socket. */
    static long sockets(ByteBuf data, ByteOrder order) {
        boolean little = order == ByteOrder.LITTLE_ENDIAN;
        long found = 0;
        int at = data.readerIndex();
        while (data.writerIndex() - at >= Nlmsghdr.BYTES) {
            int length = little ? data.getIntLE(at) : data.getInt(at);
            if (length < Nlmsghdr.BYTES || length > data.writerIndex() - at) {
                break;
            }
            int type = little ? data.getUnsignedShortLE(at + TYPE_AT) : data.getUnsignedShort(at + TYPE_AT);
            found += type == Nlmsghdr.SOCK_DIAG_BY_FAMILY ? 1 : 0;
            at += Nlmsghdr.align(length);
        }
        return found;
    }

    /** The datagrams of all snapshots, one after the other. */
    Path whole() {
        return whole;
    }

    List<Path> snapshots() {
        return snapshots;
    }

    List<Path> ssDumps() {
        return ssDumps;
    }

    /** The sockets of all snapshots, each counted in each. */
    long sockets() {
        return sockets.stream().mapToLong(Long::longValue).sum();
    }

    /** The same without the first snapshot. */
    long steadySockets() {
        return sockets() - sockets.getFirst();
    }

    /** The sockets in all {@link #ssDumps}. */
    long ssSockets() {
        return ssSockets;
    }
}
