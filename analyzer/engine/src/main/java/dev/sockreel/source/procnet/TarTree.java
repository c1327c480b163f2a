package dev.sockreel.source.procnet;

import dev.sockreel.source.sink.BudgetStream;
import dev.sockreel.source.sink.SourceException;
import dev.sockreel.source.sink.SourceStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/**
 * A tar archive, compressed or not, read as a stream and never unpacked. Memory: one header. An untrusted archive may
 * state any length, so the lengths of headers and of the whole are bounded.
 */
final class TarTree implements FileTree {
    private static final int RECORD_BYTES = 512;
    /** Limit for long names and extended attributes of one entry, which the library reads into memory. */
    private static final long MAX_HEADER_BYTES = 256 * 1024;
    private static final int MAX_EXTENDED_HEADERS = 4096;
    private static final int MAX_ENTRIES = 5_000_000;
    private static final long MAX_GIB = 64;

    private final Path archive;

    TarTree(Path archive) {
        this.archive = archive;
    }

    /** Returns whether a file's first bytes, decompressed, are a tar header. */
    static boolean begins(byte[] head) {
        if (head.length < RECORD_BYTES) {
            return false;
        }
        try {
            return TarUtils.verifyCheckSum(Arrays.copyOf(head, RECORD_BYTES));
        } catch (IllegalArgumentException e) {
            return false; // the checksum field is no number
        }
    }

    @Override
    public void walk(Visitor visitor) throws IOException {
        BudgetStream budget = new BudgetStream(
                SourceStream.open(archive), MAX_GIB << 30, "it unpacks to more than " + MAX_GIB + " GiB");
        try (Entries tar = new Entries(budget)) {
            TarArchiveEntry entry;
            for (int entries = 0; (entry = next(tar, budget)) != null; entries++) {
                if (entries == MAX_ENTRIES) {
                    throw new SourceException(damaged("it has more than " + MAX_ENTRIES + " entries"));
                }
                String path = isPlainFile(entry) ? FileTree.clean(entry.getName()) : null;
                if (path != null) {
                    visitor.file(path, () -> new Content(tar));
                }
            }
            if (!tar.ended) {
                throw new SourceException(damaged("its end is missing"));
            }
        }
    }

    private @Nullable TarArchiveEntry next(Entries tar, BudgetStream budget) throws SourceException {
        try {
            budget.removeLimit();
            tar.skipEntry();
            budget.limit(MAX_HEADER_BYTES, "an entry's header has more than " + MAX_HEADER_BYTES + " bytes");
            TarArchiveEntry entry = tar.getNextEntry();
            budget.removeLimit();
            if (entry != null && entry.getExtraPaxHeaders().size() > MAX_EXTENDED_HEADERS) {
                throw new SourceException("it has more than " + MAX_EXTENDED_HEADERS + " extended headers");
            }
            return entry;
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    private SourceException damaged(Exception e) {
        String why = String.valueOf(e.getMessage());
        // the decompressor's message already names the file
        boolean namesFile = e instanceof SourceException && why.startsWith(archive.toString());
        return new SourceException(namesFile ? why : damaged(why), e);
    }

    private String damaged(String why) {
        return archive + " is cut off or damaged (tar): " + why;
    }

    private static boolean isPlainFile(TarArchiveEntry e) {
        return e.isFile() && !e.isLink() && !e.isSymbolicLink() && !e.isCharacterDevice() && !e.isBlockDevice()
                && !e.isFIFO() && !e.isSparse();
    }

    /** Detects whether the archive has its end mark; without one it is cut off between two entries. */
    private static final class Entries extends TarArchiveInputStream {
        boolean ended;

        Entries(InputStream in) {
            super(in, StandardCharsets.ISO_8859_1.name());
        }

        /** Skips the rest of this entry. */
        void skipEntry() throws IOException {
            while (getCurrentEntry() != null && skip(Long.MAX_VALUE) > 0) {}
        }

        @Override
        protected boolean isEOFRecord(byte[] record) {
            boolean is = super.isEOFRecord(record);
            ended |= is && record != null;
            return is;
        }
    }

    /** The archive's current entry; closing it leaves the archive open. */
    private final class Content extends FilterInputStream {
        Content(InputStream tar) {
            super(tar);
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            try {
                return super.read(b, off, len);
            } catch (IOException | RuntimeException e) {
                throw damaged(e);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public void close() {}
    }
}
