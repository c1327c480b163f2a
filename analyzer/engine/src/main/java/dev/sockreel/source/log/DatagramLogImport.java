package dev.sockreel.source.log;

import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.Origin;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.source.log.DatagramLog.LoggedDatagram;
import dev.sockreel.source.log.DatagramLog.LoggedDump;
import dev.sockreel.source.procnet.ProcCopy;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.HostOrder;
import dev.sockreel.source.sink.ImportReport;
import dev.sockreel.source.sink.Importer;
import dev.sockreel.source.sink.SnapshotRule;
import dev.sockreel.source.sink.SourceException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Imports a folder with index.tsv, NAME.bin and NAME.req, or a folder of numbered such folders: a format that a C
 * program of a hundred lines can write on a host without Java.
 */
public final class DatagramLogImport implements Importer {
    private static final int KNOWS = DumpBegin.KNOWS_TIMES | DumpBegin.KNOWS_EDGES | DumpBegin.KNOWS_FLAGS;
    private static final int MAX_REQUEST_BYTES = 64 * 1024;

    @Override
    public String format() {
        return Origin.DATAGRAM_LOG.id();
    }

    @Override
    public boolean recognizes(Path path) throws IOException {
        return Files.isDirectory(path) && !folders(path).isEmpty();
    }

    /** Returns the folder itself, or its numbered folders in numeric order. */
    private static List<Path> folders(Path path) throws IOException {
        if (Files.isRegularFile(path.resolve(DatagramLog.INDEX))) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.filter(p -> p.getFileName().toString().matches("[0-9]{1,9}"))
                    .filter(p -> Files.isRegularFile(p.resolve(DatagramLog.INDEX)))
                    .sorted(Comparator.comparingInt(p -> Integer.parseInt(p.getFileName().toString())))
                    .toList();
        }
    }

    @Override
    public ImportReport run(Path path, CaptureSink sink) throws IOException {
        List<Path> folders = Files.isDirectory(path) ? folders(path) : List.of();
        if (folders.isEmpty()) {
            throw new SourceException(path + " is not a datagram-log: it has neither index.tsv nor numbered folders"
                    + " with one");
        }
        List<DatagramLog> logs = new ArrayList<>();
        for (Path folder : folders) {
            logs.add(DatagramLog.read(folder));
        }
        ByteOrder order = order(logs, path);
        sink.begin(order, format(), path, Map.of());
        List<String> messages = new ArrayList<>(List.of("a datagram log" + Importer.HAS_NO_CHECKSUMS));
        ReceiveTime last = ReceiveTime.NONE;
        for (DatagramLog log : logs) {
            last = new Folder(log, order, sink, messages).run();
        }
        if (sink.snapshots() == 0) {
            throw new SourceException(path + " has no dump, only look-ups of single sockets");
        }
        return sink.finish(last, messages, List.of());
    }

    private static ByteOrder order(List<DatagramLog> logs, Path path) throws IOException {
        for (DatagramLog log : logs) {
            for (LoggedDump dump : log.dumps()) {
                ByteOrder order = HostOrder.of(request(log, dump));
                if (order == null && !dump.datagrams().isEmpty()) {
                    order = HostOrder.of(read(log, dump, dump.datagrams().getFirst()), 0);
                }
                if (order != null) {
                    return order;
                }
            }
        }
        throw new SourceException(path + " has no netlink message, so its byte order is unknown");
    }

    static byte[] request(DatagramLog log, LoggedDump dump) throws IOException {
        Path file = log.folder().resolve(dump.name() + ".req");
        if (!Files.isRegularFile(file)) {
            return new byte[0];
        }
        if (Files.size(file) > MAX_REQUEST_BYTES) {
            throw new SourceException(file + " has " + Files.size(file) + " bytes, too many for a request");
        }
        return Files.readAllBytes(file);
    }

    /** Returns as much of the datagram as the file holds. */
    static ByteBuf read(DatagramLog log, LoggedDump dump, LoggedDatagram d) throws IOException {
        Path bin = log.folder().resolve(dump.name() + ".bin");
        try (FileChannel file = FileChannel.open(bin)) {
            long there = Math.clamp(file.size() - d.offset(), 0, d.length());
            ByteBuffer bytes = ByteBuffer.allocate((int) there);
            while (bytes.hasRemaining() && file.read(bytes, d.offset() + bytes.position()) >= 0) {}
            return Unpooled.wrappedBuffer(bytes.array(), 0, bytes.position());
        }
    }

    /** The import of one folder. */
    private static final class Folder {
        private final DatagramLog log;
        private final ByteOrder order;
        private final CaptureSink sink;
        private final List<String> messages;
        private final SnapshotRule rule = new SnapshotRule();
        private final @Nullable List<Owners.Holder> owners;
        private ReceiveTime last = ReceiveTime.NONE;
        private boolean snapshotOpen;

        Folder(DatagramLog log, ByteOrder order, CaptureSink sink, List<String> messages) throws IOException {
            this.log = log;
            this.order = order;
            this.sink = sink;
            this.messages = messages;
            this.owners = FdMap.read(log.folder().resolve(DatagramLog.FDMAP));
        }

        ReceiveTime run() throws IOException {
            for (LoggedDump dump : log.dumps()) {
                importDump(dump);
            }
            writeEvidence();
            return last;
        }

        private void importDump(LoggedDump dump) throws IOException {
            byte[] bytes = request(log, dump);
            DumpRequest request = DumpRequest.parse(bytes, order);
            if (request != null && !request.isDump()) {
                messages.add(log.folder() + ": " + dump.name()
                        + " is a look-up of a single socket, not a dump; left out");
                return;
            }
            ByteBuf first = read(log, dump, dump.datagrams().getFirst());
            if (rule.opens(0, bytes, isError(first)) || !snapshotOpen) {
                writeEvidence();
                sink.snapshot(dump.datagrams().getFirst().time());
                snapshotOpen = true;
            }
            String family = request != null ? request.familyId() : familyOf(dump.name());
            int bufferBytes = dump.datagrams().getFirst().bufferBytes();
            int number = sink.beginDump(family, Origin.DATAGRAM_LOG, KNOWS, bufferBytes,
                    dump.datagrams().getFirst().time(), bytes);
            for (LoggedDatagram d : dump.datagrams()) {
                datagram(number, dump, d);
            }
            sink.endDump(number, DumpEnd.Outcome.SOURCE_ENDED, 0, last);
        }

        /** Returns the family named by a file's name (tcp4, unix, …), for dumps without a request. */
        private static String familyOf(String name) {
            int suffix = name.indexOf('_');
            return suffix < 0 ? name : name.substring(0, suffix);
        }

        private boolean isError(ByteBuf datagram) {
            if (datagram.readableBytes() < Nlmsghdr.BYTES) {
                return false;
            }
            int type = order == ByteOrder.LITTLE_ENDIAN ? datagram.getUnsignedShortLE(4) : datagram.getUnsignedShort(4);
            return type == Nlmsghdr.NLMSG_ERROR;
        }

        private void datagram(int number, LoggedDump dump, LoggedDatagram d) throws IOException {
            ByteBuf bytes = read(log, dump, d);
            if (bytes.readableBytes() < d.length()) {
                messages.add("%s: %s.bin ends at byte %d, but by the index a datagram ends at %d"
                        .formatted(log.folder(), dump.name(), d.offset() + bytes.readableBytes(),
                                d.offset() + d.length()));
            }
            last = d.time().isKnown() ? d.time() : last;
            sink.datagram(number, d.msgFlags(), d.length(), d.time(), bytes);
        }

        private void writeOwners(List<Owners.Holder> all) throws IOException {
            List<List<Owners.Holder>> parts = Owners.parts(all);
            int processes = (int) all.stream().mapToInt(Owners.Holder::pid).distinct().count();
            for (int i = 0; i < parts.size(); i++) {
                boolean end = i == parts.size() - 1;
                sink.write(new Owners(
                        sink.snapshotIndex(), true, i, end, last, last, processes, 0, 0, parts.get(i)));
            }
        }

        /** Writes owners and copies of /proc files into the snapshot that ends, as taken after its dumps. */
        private void writeEvidence() throws IOException {
            if (!snapshotOpen) {
                return;
            }
            if (owners != null) {
                writeOwners(owners);
            }
            try (Stream<Path> files = Files.list(log.folder())) {
                for (Path file : files.filter(DatagramLogImport::isProcCopy).sorted().toList()) {
                    String name = file.getFileName().toString().substring(DatagramLog.PROC_PREFIX.length());
                    ProcCopy.write(file, "/proc/net/" + name, last, sink);
                }
            }
        }
    }

    private static boolean isProcCopy(Path file) {
        return Files.isRegularFile(file) && file.getFileName().toString().startsWith(DatagramLog.PROC_PREFIX);
    }
}
