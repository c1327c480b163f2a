package dev.sockreel.source.procnet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of a tar archive (POSIX ustar, with the long names of GNU and the extended headers of pax):
 *
 * <pre>
 *  0      100              124         136     148        156    157         257     263 345             500
 *  +------+----------------+-----------+-------+----------+------+-----------+-------+- -+---------------+
 *  | name | mode, uid, gid | size: oct | mtime | checksum | flag | link name | magic |   | prefix        |
 *  +------+----------------+-----------+-------+----------+------+-----------+-------+- -+---------------+
 * </pre>
 *
 * Only what an import needs is read, since a library that makes an object of every header takes ten times as long.
 * Memory: one extended header. A block of zeros ends the archive.
 */
final class TarReader {
    static final int BLOCK_BYTES = 512;
    /** Limit for all headers of one entry: long names and extended headers. */
    static final int MAX_HEADER_BYTES = 256 * 1024;

    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int FLAG_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX_BYTES = 155;
    /** A sparse file of old GNU: whether a block with more of its map follows. */
    private static final int IS_EXTENDED_AT = 482;
    private static final int IS_EXTENDED_IN_BLOCK_AT = 504;

    /**
     * An entry.
     *
     * @param name        as stored
     * @param isPlainFile false for a folder, link, device, pipe or sparse file
     */
    record Entry(String name, boolean isPlainFile) {}

    /**
     * The bytes that follow the end mark, from the first that is not zero to the last.
     *
     * @param at    number of bytes between it and the end mark's first block; -1 for nothing
     * @param bytes its length
     */
    record Rest(long at, long bytes) {}

    private final InputStream in;
    private final byte[] block = new byte[BLOCK_BYTES];
    private final PaxHeader global = new PaxHeader();
    /** Bytes of the current entry that were not read yet, without and with its padding. */
    private long contentLeft;
    private long paddingLeft;
    private int headerBytes;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** Returns the next entry; null at the archive's end mark. */
    @Nullable
    Entry next() throws IOException {
        skip(contentLeft + paddingLeft);
        contentLeft = 0;
        headerBytes = 0;
        PaxHeader pax = new PaxHeader();
        String longName = "";
        while (readBlock()) {
            switch (block[FLAG_AT]) {
                case 'L' -> longName = text(extended(), 0, MAX_HEADER_BYTES);
                case 'K' -> extended(); // a link's long target
                case 'x', 'X' -> pax.read(extended());
                case 'g' -> global.read(extended());
                default -> {
                    return entry(longName, pax);
                }
            }
        }
        return null;
    }

    private Entry entry(String longName, PaxHeader pax) throws IOException {
        begin(pax.size() >= 0 ? pax.size() : global.size() >= 0 ? global.size() : statedSize());
        char flag = (char) block[FLAG_AT];
        String name = pax.path() != null ? pax.path()
                : !longName.isEmpty() ? longName
                : global.path() != null ? global.path() : shortName();
        if (flag == 'S') {
            skipSparseMap();
        }
        boolean isPlain = flag == '0' || flag == 0 || flag == '7';
        return new Entry(name, isPlain && !pax.isSparse());
    }

    private void begin(long size) {
        contentLeft = size;
        paddingLeft = -size & BLOCK_BYTES - 1;
    }

    /** Reads a header; false for the archive's end mark. */
    private boolean readBlock() throws IOException {
        int got = in.readNBytes(block, 0, BLOCK_BYTES);
        if (got < BLOCK_BYTES) {
            throw new IOException(got == 0 ? "its end is missing" : "it ends within a header");
        }
        countHeader(BLOCK_BYTES);
        if (isZero()) {
            return false;
        }
        if (!hasChecksum(block)) {
            throw new IOException("the checksum of a header is wrong");
        }
        return true;
    }

    /** Returns whether a block is a header: its checksum is right. */
    static boolean hasChecksum(byte[] block) {
        try {
            return TarUtils.verifyCheckSum(block);
        } catch (IllegalArgumentException e) {
            return false; // the checksum field is no number
        }
    }

    private boolean isZero() {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private void countHeader(long bytes) throws IOException {
        if (bytes > MAX_HEADER_BYTES - headerBytes) {
            throw new IOException("an entry's header has more than " + MAX_HEADER_BYTES + " bytes");
        }
        headerBytes += (int) bytes;
    }

    /** Reads the content of an extended header. */
    private byte[] extended() throws IOException {
        long size = statedSize();
        countHeader(size);
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
            throw new IOException("it ends within an extended header");
        }
        skip(-size & BLOCK_BYTES - 1);
        return content;
    }

    private void skipSparseMap() throws IOException {
        byte[] map = block;
        int isExtendedAt = IS_EXTENDED_AT;
        while (map[isExtendedAt] != 0) {
            countHeader(BLOCK_BYTES);
            map = in.readNBytes(BLOCK_BYTES);
            isExtendedAt = IS_EXTENDED_IN_BLOCK_AT;
            if (map.length < BLOCK_BYTES) {
                throw new IOException("it ends within a header");
            }
        }
    }

    private long statedSize() throws IOException {
        try {
            long size = TarUtils.parseOctalOrBinary(block, SIZE_AT, SIZE_BYTES);
            if (size >= 0) {
                return size;
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the size in a header is no number", e);
        }
        throw new IOException("the size in a header is negative");
    }

    private String shortName() {
        String name = text(block, 0, NAME_BYTES);
        boolean hasPrefix = block[MAGIC_AT + 5] == 0; // "ustar" and NUL; GNU has times there, and a blank
        String prefix = hasPrefix ? text(block, PREFIX_AT, PREFIX_BYTES) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    /** Returns the text up to the first NUL; bytes as Latin-1, so that none is lost. */
    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        int limit = Math.min(bytes.length, from + length);
        while (end < limit && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }

    /** Reads what follows the archive's end mark, which is zeros. */
    Rest rest() throws IOException {
        long first = -1;
        long last = -1;
        long at = 0;
        byte[] bytes = new byte[64 * 1024];
        int got;
        while ((got = in.read(bytes)) >= 0) {
            for (int i = 0; i < got; i++) {
                if (bytes[i] != 0) {
                    first = first < 0 ? at + i : first;
                    last = at + i;
                }
            }
            at += got;
        }
        return new Rest(first, first < 0 ? 0 : last + 1 - first);
    }

    private void skip(long bytes) throws IOException {
        long left = bytes;
        while (left > 0) {
            long skipped = in.skip(left);
            if (skipped <= 0) {
                if (in.read() < 0) {
                    throw new IOException("it ends within an entry");
                }
                skipped = 1;
            }
            left -= skipped;
        }
    }

    /** Returns the content of the current entry; closing it leaves the archive open. */
    InputStream content() {
        return new Content();
    }

    private final class Content extends InputStream {
        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            if (contentLeft == 0) {
                return len == 0 ? 0 : -1;
            }
            int got = in.read(b, off, (int) Math.min(len, contentLeft));
            if (got < 0) {
                throw new IOException("it ends within an entry");
            }
            contentLeft -= got;
            return got;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }
    }
}
