package dev.sockreel.source.log;

import dev.sockreel.source.log.LogIndex.LoggedDatagram;
import dev.sockreel.source.sink.Remarks;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.wording.Counted;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files NAME.req and NAME.bin of one folder. */
final class LogFiles implements AutoCloseable {
    private static final int MAX_REQUEST_BYTES = 64 * 1024;
    /** Limit for reading the same bytes again: an index of some kilobytes could name a large file a million times. */
    private static final int MAX_READINGS = 4;

    private static final String BIN = ".bin";
    private static final ListedBytes NOTHING = new ListedBytes();

    private final Path folder;
    private final List<Path> bins;
    private final Map<String, ListedBytes> listed = new HashMap<>();
    private long bytesLeft;
    private String openName = "";
    private @Nullable FileChannel open;

    LogFiles(Path folder) throws IOException {
        this.folder = folder;
        try (Stream<Path> files = Files.list(folder)) {
            bins = files.filter(f -> f.getFileName().toString().endsWith(BIN)).sorted().toList();
        }
        for (Path bin : bins) {
            bytesLeft += MAX_READINGS * Files.size(bin);
        }
    }

    /** Adds the datagram's place to what the index lists of its file. */
    void list(LoggedDatagram d) {
        listed.computeIfAbsent(d.name(), name -> new ListedBytes()).add(d.offset(), d.length());
    }

    /** Adds a sentence for the bytes in a row that the index does not list. */
    void unlisted(Remarks damages) throws IOException {
        for (Path bin : bins) {
            String file = bin.getFileName().toString();
            ListedBytes of = listed.getOrDefault(file.substring(0, file.length() - BIN.length()), NOTHING);
            for (ListedBytes.Gap gap : of.gaps(Files.size(bin))) {
                damages.add("%s: %s at byte %d of %s in no datagram of the index".formatted(folder,
                        Counted.of(gap.bytes(), "byte"), gap.from(), file + (gap.bytes() == 1 ? " is" : " are")));
            }
        }
    }

    /** Returns the request of a dump; empty when there is none. */
    byte[] request(String name) throws IOException {
        Path file = folder.resolve(name + ".req");
        if (!Files.isRegularFile(file)) {
            return new byte[0];
        }
        if (Files.size(file) > MAX_REQUEST_BYTES) {
            throw new SourceException(file + " has " + Files.size(file) + " bytes, too many for a request");
        }
        return Files.readAllBytes(file);
    }

    /** Returns as much of the datagram as the file holds. */
    ByteBuf read(LoggedDatagram d) throws IOException {
        FileChannel file = bin(d.name());
        int there = Math.clamp(file.size() - d.offset(), 0, d.length());
        bytesLeft -= there;
        if (bytesLeft < 0) {
            throw d.line().wrong("datagrams up to here have more than " + MAX_READINGS
                    + " times the bytes of all .bin files, so the index names the same bytes again and again");
        }
        ByteBuffer bytes = ByteBuffer.allocate(there);
        while (bytes.hasRemaining() && file.read(bytes, d.offset() + bytes.position()) >= 0) {}
        return Unpooled.wrappedBuffer(bytes.array(), 0, bytes.position());
    }

    private FileChannel bin(String name) throws IOException {
        FileChannel file = open;
        if (file == null || !openName.equals(name)) {
            close();
            file = FileChannel.open(folder.resolve(name + BIN));
            open = file;
            openName = name;
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
