package dev.sockreel.source;

import dev.sockreel.capture.ProcText;
import dev.sockreel.capture.ReceiveTime;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A copy of a file under /proc, into the snapshot that is open. */
final class ProcCopy {
    /** @param procPath what it is a copy of */
    static void write(Path file, String procPath, ReceiveTime time, CaptureSink sink) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            long size = in.size();
            boolean end = false;
            for (int part = 0; !end; part++) {
                ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(ProcText.MAX_PART_BYTES, size - in.position()));
                while (bytes.hasRemaining() && in.read(bytes) >= 0) {}
                end = in.position() >= size || bytes.position() == 0;
                sink.write(new ProcText(sink.snapshotIndex(), 0, procPath, ProcText.When.AFTER_DUMPS, 0, part, end,
                        time, Unpooled.wrappedBuffer(bytes.array(), 0, bytes.position())));
            }
        }
    }

    private ProcCopy() {}
}
