package dev.sockreel.cli;

import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a datagram log of synthetic dumps and imports it. */
final class SyntheticLog {
    private static final long REALTIME_NS = 1_800_000_000_000_000_000L;

    private final String name;
    private final Path folder;
    private final StringBuilder index = new StringBuilder();

    SyntheticLog(String name) {
        this.name = name;
        try {
            this.folder = Files.createDirectory(Captures.FOLDER.resolve(name + "-log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a dump of one datagram, with its end. The messages have nlmsg_seq 1, like the request. */
    SyntheticLog dump(String dump, NlmsgBuilder request, byte[]... messages) throws IOException {
        DumpBuilder builder = new DumpBuilder();
        for (byte[] message : messages) {
            builder.add(message);
        }
        byte[] all = builder.add(NlmsgBuilder.done(ByteOrder.LITTLE_ENDIAN, 0).seq(1)).toBytes();
        Files.write(folder.resolve(dump + ".req"), request.toBytes());
        Files.write(folder.resolve(dump + ".bin"), all);
        index.append("%s\t0\t0\t%d\t0\t32768\t%d\t\n".formatted(dump, all.length, REALTIME_NS));
        return this;
    }

    /** Adds a copy of /proc/net/NAME. */
    SyntheticLog proc(String table, String text) throws IOException {
        Files.writeString(folder.resolve("proc-" + table), text);
        return this;
    }

    Path reel() throws IOException {
        Files.writeString(folder.resolve("index.tsv"), index);
        return Captures.imported(folder, name, 0);
    }
}
