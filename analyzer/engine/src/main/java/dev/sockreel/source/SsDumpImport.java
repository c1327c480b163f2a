package dev.sockreel.source;

import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.input.Inputs;
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
import java.nio.file.Path;
import java.util.Map;

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
        if (!Inputs.current().isFile(path)) {
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
            return new SsDumpRun(path, stream, order, sink).run();
        }
    }
}
