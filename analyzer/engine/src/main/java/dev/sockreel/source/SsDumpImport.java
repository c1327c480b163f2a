package dev.sockreel.source;

import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.Origin;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.source.sink.CaptureSink;
import dev.sockreel.source.sink.ImportReport;
import dev.sockreel.source.sink.Importer;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.source.sink.SourceStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Imports what {@code ss -D FILE} writes: the messages of an IPv4 dump and then of an IPv6 dump, each ending in its own
 * NLMSG_DONE. The file has no requests, no times and no datagram edges.
 */
final class SsDumpImport implements Importer {
    @Override
    public String format() {
        return Origin.SS_DUMP.id();
    }

    @Override
    public boolean recognizes(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = SourceStream.open(path)) {
            ByteBuf head = Unpooled.wrappedBuffer(in.readNBytes(MessageStream.MAX_MESSAGE_BYTES));
            return MessageStream.order(head) != null;
        }
    }

    @Override
    public ImportReport run(Path path, CaptureSink sink) throws IOException {
        try (InputStream in = sink.open(path)) {
            MessageStream stream = new MessageStream(in);
            ByteOrder order = stream.order();
            if (order == null) {
                throw new SourceException(
                        path + (stream.isEmpty() ? " is empty" : " does not begin with a netlink message")
                                + ", so it is not the output of `ss -D`");
            }
            sink.begin(order, format(), path, Map.of());
            return new Run(path, stream, order, sink).run();
        }
    }

    /** The import of one file. */
    private static final class Run {
        private static final int CHUNK_BYTES = 32 * 1024;
        /** Places without a message that are reported one by one; the rest are only counted. */
        private static final int MAX_REPORTED = 100;

        private final Path path;
        private final MessageStream stream;
        private final ByteOrder order;
        private final CaptureSink sink;
        private final List<String> messages = new ArrayList<>();
        private final Set<String> familiesInSnapshot = new HashSet<>();
        private ByteBuf chunk = Unpooled.buffer(CHUNK_BYTES);
        private boolean dumpOpen;
        private int dump;
        private long places;
        private long junkBytes;
        private String lastFamily = "";

        Run(Path path, MessageStream stream, ByteOrder order, CaptureSink sink) {
            this.path = path;
            this.stream = stream;
            this.order = order;
            this.sink = sink;
        }

        ImportReport run() throws IOException {
            messages.add(
                    "an ss dump has no times, no requests and no datagram boundaries, so lost datagrams cannot be"
                            + " detected");
            messages.add("an ss dump" + Importer.HAS_NO_CHECKSUMS);
            while (stream.next()) {
                if (stream.isJunk()) {
                    junk();
                } else {
                    message();
                }
            }
            if (dumpOpen) {
                endDump(DumpEnd.Outcome.SOURCE_ENDED, 0);
            }
            if (places > MAX_REPORTED) {
                messages.add("%s: %d more such places; in all, %d bytes are not part of any message".formatted(
                        path, places - MAX_REPORTED, junkBytes));
            }
            if (sink.snapshots() == 0) {
                sink.snapshot(ReceiveTime.NONE);
            }
            sink.finish(ReceiveTime.NONE);
            return new ImportReport(sink.snapshots(), sink.dumps(), messages);
        }

        private void message() throws IOException {
            if (!dumpOpen) {
                beginDump();
            }
            append();
            boolean answers = stream.seq() == stream.dumpSeq();
            if (answers && stream.type() == Nlmsghdr.NLMSG_DONE) {
                endDump(DumpEnd.Outcome.DONE, 0);
            } else if (answers && stream.type() == Nlmsghdr.NLMSG_ERROR) {
                endDump(DumpEnd.Outcome.ERROR, stream.errno());
            }
        }

        private void beginDump() throws IOException {
            byte[] request = stream.type() == Nlmsghdr.NLMSG_ERROR ? stream.requestInError() : new byte[0];
            DumpRequest asked = request.length == 0 ? null : DumpRequest.parse(request, order);
            String family = asked != null ? asked.familyId() : family();
            if (sink.snapshots() == 0 || familiesInSnapshot.contains(family)) {
                sink.snapshot(ReceiveTime.NONE);
                familiesInSnapshot.clear();
            }
            familiesInSnapshot.add(family);
            lastFamily = family;
            stream.beginDump();
            dump = sink.beginDump(family, Origin.SS_DUMP, 0, 0, ReceiveTime.NONE, asked == null ? new byte[0] : request,
                    stream.offset());
            dumpOpen = true;
        }

        /**
         * Returns the family of the dump's first socket. ss asks for IPv4 first, so the family of a dump without
         * sockets follows from the dump before it.
         */
        private String family() {
            if (stream.type() == Nlmsghdr.TCPDIAG_GETSOCK) {
                return "tcp";
            }
            return switch (stream.family()) {
                case Family.AF_INET -> "tcp4";
                case Family.AF_INET6 -> "tcp6";
                default -> lastFamily.equals("tcp4") ? "tcp6" : "tcp4";
            };
        }

        private void append() throws IOException {
            if (chunk.readableBytes() + stream.length() > CHUNK_BYTES) {
                flush();
            }
            chunk.writeBytes(stream.bytes());
        }

        /** Keeps, reports and skips bytes that are no message. */
        private void junk() throws IOException {
            junkBytes += stream.length();
            if (++places <= MAX_REPORTED) {
                messages.add("%s, byte %d: %s; skipped %d bytes that are not part of any message".formatted(
                        path, stream.offset(), stream.problem(), stream.length()));
            }
            if (!dumpOpen) {
                sink.note(RecorderNote.Kind.SOURCE_SKIPPED, stream.length(),
                        "%d bytes between two dumps are not part of any message".formatted(stream.length()));
                return;
            }
            flush();
            sink.datagram(dump, 0, stream.length(), ReceiveTime.NONE, stream.bytes());
        }

        private void flush() throws IOException {
            if (chunk.isReadable()) {
                sink.datagram(dump, 0, chunk.readableBytes(), ReceiveTime.NONE, chunk);
                chunk = Unpooled.buffer(CHUNK_BYTES);
            }
        }

        private void endDump(DumpEnd.Outcome outcome, int errno) throws IOException {
            flush();
            sink.endDump(dump, outcome, errno, ReceiveTime.NONE);
            dumpOpen = false;
        }
    }
}
