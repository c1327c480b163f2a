package dev.sockreel.source.log;

import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.source.log.LogIndex.LoggedDatagram;
import dev.sockreel.source.procnet.ProcCopy;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.Remarks;
import dev.sockreel.source.sink.SnapshotRule;
import dev.sockreel.wording.Counted;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The import of one folder of a datagram-log. */
final class LogFolder {
    private static final int KNOWS = DumpBegin.KNOWS_TIMES | DumpBegin.KNOWS_EDGES | DumpBegin.KNOWS_FLAGS;
    private static final String FDMAP = "fdmap.tsv";
    private static final String PROC_PREFIX = "proc-";
    /**
     * Limit for owners and copies of /proc in all snapshots but the last: they are the folder's, so each snapshot has
     * them.
     */
    private static final long MAX_REPEATED_BYTES = 64L << 20;

    private final Path folder;
    private final ByteOrder order;
    private final CaptureSink sink;
    private final Remarks remarks;
    private final Remarks damages;
    private final ProcCopy copies;
    private final SnapshotRule rule = new SnapshotRule();
    private final @Nullable List<Owners.Holder> owners;
    private ReceiveTime last = ReceiveTime.NONE;
    private boolean snapshotOpen;
    /** The dump being imported; -1 for none. */
    private int dump = -1;
    private long evidenceBytes;
    private long withoutEvidence;

    /**
     * @param remarks receives sentences on what is left out
     * @param damages receives sentences on what is damaged
     */
    LogFolder(Path folder, ByteOrder order, CaptureSink sink, Remarks remarks, Remarks damages) throws IOException {
        this.folder = folder;
        this.order = order;
        this.sink = sink;
        this.remarks = remarks;
        this.damages = damages;
        this.copies = new ProcCopy(sink, damages);
        this.owners = FdMap.read(folder.resolve(FDMAP));
    }

    /** Imports the folder; returns the time of its last datagram. */
    ReceiveTime run() throws IOException {
        try (LogIndex index = new LogIndex(folder);
                LogFiles files = new LogFiles(folder)) {
            LoggedDatagram d;
            while ((d = index.next()) != null) {
                ByteBuf bytes = null;
                files.list(d);
                if (d.beginsDump()) {
                    endDump();
                    bytes = files.read(d);
                    beginDump(d, files.request(d.name()), bytes);
                }
                if (dump >= 0) {
                    datagram(d, bytes == null ? files.read(d) : bytes);
                }
            }
            files.unlisted(damages);
        }
        endDump();
        writeEvidence(true);
        remarkOtherCopies();
        if (withoutEvidence > 0) {
            remarks.add(folder + ": " + Counted.of(withoutEvidence, "snapshot has", "snapshots have")
                    + " no owners and no copies of /proc, since they would fill more than "
                    + (MAX_REPEATED_BYTES >> 20) + " MiB; the last one has them");
        }
        return last;
    }

    private void beginDump(LoggedDatagram d, byte[] bytes, ByteBuf first) throws IOException {
        DumpRequest request = DumpRequest.parse(bytes, order);
        if (request != null && !request.isDump()) {
            remarks.add(folder + ": " + d.name() + " is a look-up of a single socket, not a dump; left out");
            return;
        }
        if (rule.opens(0, bytes, isError(first)) || !snapshotOpen) {
            writeEvidence(false);
            sink.snapshot(d.time());
            snapshotOpen = true;
        }
        String family = request != null ? request.familyId() : familyOf(d.name());
        dump = sink.beginDump(family, Origin.DATAGRAM_LOG, KNOWS, d.bufferBytes(), d.time(), bytes);
    }

    private void endDump() throws IOException {
        if (dump >= 0) {
            sink.endDump(dump, DumpEnd.Outcome.SOURCE_ENDED, 0, last);
        }
        dump = -1;
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

    private void datagram(LoggedDatagram d, ByteBuf bytes) throws IOException {
        if (bytes.readableBytes() < d.length()) {
            int missing = d.length() - bytes.readableBytes();
            damages.add("%s: %s.bin lacks %s at byte %d, where by the index a datagram goes on".formatted(folder,
                    d.name(), Counted.of(missing, "byte"), d.offset() + bytes.readableBytes()));
        }
        last = d.time().isKnown() ? d.time() : last;
        sink.datagram(dump, d.msgFlags(), d.length(), d.time(), bytes);
    }

    /** Writes owners and copies of /proc files into the snapshot that ends, as taken after its dumps. */
    private void writeEvidence(boolean isLast) throws IOException {
        if (!snapshotOpen) {
            return;
        }
        if (!isLast && evidenceBytes > MAX_REPEATED_BYTES) {
            withoutEvidence++;
            return;
        }
        if (owners != null) {
            writeOwners(owners);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(LogFolder::isProcCopy).sorted().toList()) {
                String name = file.getFileName().toString().substring(PROC_PREFIX.length());
                if (!ProcCopy.isKnown(name)) {
                    continue;
                }
                evidenceBytes += Files.size(file);
                copies.write(file, name, last);
            }
        }
    }

    /** Remarks copies of files that may hold a secret, such as /proc/PID/cmdline. */
    private void remarkOtherCopies() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(LogFolder::isProcCopy).sorted().toList()) {
                if (!ProcCopy.isKnown(file.getFileName().toString().substring(PROC_PREFIX.length()))) {
                    remarks.add(file + " is neither a table nor a file of counters of /proc/net; left out");
                }
            }
        }
    }

    private void writeOwners(List<Owners.Holder> all) throws IOException {
        List<List<Owners.Holder>> parts = Owners.parts(all);
        int processes = (int) all.stream().mapToInt(Owners.Holder::pid).distinct().count();
        for (int i = 0; i < parts.size(); i++) {
            boolean end = i == parts.size() - 1;
            Owners part = new Owners(sink.snapshotIndex(), true, i, end, last, last, processes, 0, 0, parts.get(i));
            evidenceBytes += part.maxBytes();
            sink.write(part);
        }
    }

    private static boolean isProcCopy(Path file) {
        return Files.isRegularFile(file) && file.getFileName().toString().startsWith(PROC_PREFIX);
    }
}
