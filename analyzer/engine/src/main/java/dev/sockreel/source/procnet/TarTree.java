package dev.sockreel.source.procnet;

import dev.sockreel.source.sink.BudgetStream;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.source.sink.SourceStream;
import dev.sockreel.wording.Counted;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tar archive, compressed or not, read as a stream and never unpacked. Memory: one header. An untrusted archive may
 * state any length, so the lengths of headers and of the whole are bounded, and so is the number of entries.
 */
final class TarTree implements FileTree {
    /** Limit for entries. The archive of a sosreport has some 20,000, of a cluster's nodes some 100,000. */
    private static final int MAX_ENTRIES = 1_000_000;
    private static final long MAX_GIB = 64;

    private final Path archive;
    private final int maxEntries;
    private String damage = "";

    TarTree(Path archive) {
        this(archive, MAX_ENTRIES);
    }

    TarTree(Path archive, int maxEntries) {
        this.archive = archive;
        this.maxEntries = maxEntries;
    }

    /** Returns whether a file's first bytes, decompressed, are a tar header. */
    static boolean begins(byte[] head) {
        return head.length >= TarReader.BLOCK_BYTES
                && TarReader.hasChecksum(Arrays.copyOf(head, TarReader.BLOCK_BYTES));
    }

    @Override
    public void walk(Visitor visitor) throws IOException {
        try (BudgetStream in = new BudgetStream(
                SourceStream.open(archive), MAX_GIB << 30, "it unpacks to more than " + MAX_GIB + " GiB")) {
            TarReader tar = new TarReader(in);
            int entries = 0;
            TarReader.Entry e;
            for (e = next(tar); e != null && !visitor.isDone(); e = next(tar)) {
                if (++entries > maxEntries) {
                    throw new SourceException("%s has more than %,d entries: unpack it and import the folder with the"
                            .formatted(archive, maxEntries) + " tables of /proc/net");
                }
                String path = e.isPlainFile() ? FileTree.clean(e.name()) : null;
                if (path != null) {
                    visitor.file(path, () -> new Content(tar.content()));
                }
            }
            if (e == null) {
                readRest(tar, in.readBytes());
            }
        }
    }

    private void readRest(TarReader tar, long from) {
        try {
            TarReader.Rest rest = tar.rest();
            damage = rest.bytes() == 0 ? ""
                    : "%s, byte %d: after the end of the archive %s that %s no part of it".formatted(archive,
                            from + rest.at(),
                            Counted.of(rest.bytes(), "byte follows", "bytes follow"), rest.bytes() == 1 ? "is" : "are");
        } catch (IOException e) {
            damage = "after the end of the archive: " + damaged(e).getMessage();
        }
    }

    @Override
    public List<String> damages() {
        return damage.isEmpty() ? List.of() : List.of(damage);
    }

    private TarReader.@Nullable Entry next(TarReader tar) throws SourceException {
        try {
            return tar.next();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    private SourceException damaged(IOException e) {
        String why = String.valueOf(e.getMessage());
        // the decompressor's message already names the file
        boolean namesFile = e instanceof SourceException && why.startsWith(archive.toString());
        return new SourceException(namesFile ? why : archive + " is cut off or damaged (tar): " + why, e);
    }

    /** Adds the archive's name to errors. */
    private final class Content extends FilterInputStream {
        Content(InputStream entry) {
            super(entry);
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            try {
                return super.read(b, off, len);
            } catch (IOException e) {
                throw damaged(e);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }
    }
}
