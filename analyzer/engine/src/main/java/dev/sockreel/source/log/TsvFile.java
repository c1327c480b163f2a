package dev.sockreel.source.log;

import dev.sockreel.source.sink.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tab-separated file without quoting, line by line; lines that begin with # are comments anywhere. Memory: one
 * line, whose length is limited.
 */
final class TsvFile implements AutoCloseable {
    /** Limit for a line, comments included. A line of an index or an fdmap has some hundred bytes. */
    static final int MAX_LINE_BYTES = 1 << 20;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path file;
    private final Charset charset;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private byte[] line = new byte[1024];
    private int length;
    private long number;
    private boolean afterCarriageReturn;

    TsvFile(Path file, Charset charset) throws IOException {
        this.file = file;
        this.charset = charset;
        this.in = Files.newInputStream(file);
    }

    /** Returns the next line that is neither empty nor a comment; null at the end. */
    @Nullable
    TsvLine next() throws IOException {
        while (readLine()) {
            if (length > 0 && line[0] != '#') {
                return TsvLine.of(file, number, text());
            }
        }
        return null;
    }

    private String text() throws SourceException {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(line, 0, length)).toString();
        } catch (CharacterCodingException e) {
            throw new SourceException(file + " is not " + charset + " text: line " + number, e);
        }
    }

    /** Reads the next line, which ends with LF, CR or both; false at the end. */
    private boolean readLine() throws IOException {
        number++;
        length = 0;
        while (fill()) {
            int from = at;
            while (at < end && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
            append(from);
            if (at < end) {
                boolean isRestOfEnd = afterCarriageReturn && length == 0 && buffer[at] == '\n';
                afterCarriageReturn = buffer[at++] == '\r';
                if (!isRestOfEnd) {
                    return true;
                }
            }
        }
        return length > 0;
    }

    private void append(int from) throws SourceException {
        int bytes = at - from;
        if (bytes > MAX_LINE_BYTES - length) {
            throw new SourceException("%s, line %d: it has more than %,d bytes; no line of such a file is that long"
                    .formatted(file, number, MAX_LINE_BYTES));
        }
        if (bytes > line.length - length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + bytes));
        }
        System.arraycopy(buffer, from, line, length, bytes);
        length += bytes;
    }

    private boolean fill() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, in.read(buffer));
        }
        return end > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
