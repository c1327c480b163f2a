package dev.sockreel.opening;

import dev.sockreel.input.InputBytes;
import dev.sockreel.input.Inputs;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The inputs of one command. A regular file that is not compressed is opened where it is. Of everything else a private
 * copy is made once, since captures are read in several passes and at any place; it is gone when the command ends.
 */
public final class SpooledInputs implements Inputs, AutoCloseable {
    private static final int CHUNK_BYTES = 64 * 1024;
    /** Few bytes are unpacked at a time: those of a call that finds damage are lost. */
    private static final int SMALL_CHUNK_BYTES = 512;
    /** Beyond this size, what unpacks to more than so many times its own is refused: a capture is compressed. */
    private static final long MAX_UNPACKED_BYTES = 256L << 20;
    private static final int MAX_RATIO = 250;
    private static final long UNKNOWN = -1;
    /** The system's name of standard input. */
    private static final Set<String> STDIN_PATHS = Set.of("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");
    private static final int S_IFMT = 0170000;
    private static final int S_IFCHR = 0020000;
    private static final int S_IFIFO = 0010000;

    private final InputStream stdin;
    private final Map<Path, InputBytes> copies = new HashMap<>();
    private final Map<Path, InputBytes> unpacked = new HashMap<>();
    /** The copies, and the pipes that they are made of. */
    private final List<Closeable> opened = new ArrayList<>();

    public SpooledInputs(InputStream stdin) {
        this.stdin = stdin;
    }

    @Override
    public InputBytes open(Path path) throws IOException {
        InputBytes copy = copies.get(path);
        if (copy == null && isPipe(path)) {
            PackedSource source = new PackedSource(path, stream(path));
            Spool spool = spool(path);
            copy(source, spool);
            copy = InputBytes.stored(spool.channel(), source.bytes(), null, null);
            copies.put(path, copy);
        }
        return copy == null ? PLAIN.open(path) : copy;
    }

    @Override
    public InputBytes unpacked(Path path, Predicate<byte[]> recognizes) throws IOException {
        InputBytes known = unpacked.get(path);
        if (known != null) {
            return known;
        }
        if (!copies.containsKey(path) && isPipe(path)) {
            InputBytes copy = ofPipe(path, recognizes);
            unpacked.put(path, copy);
            return copy;
        }
        InputBytes file = open(path);
        InputStream bytes = new BufferedInputStream(file.stream(), CHUNK_BYTES);
        String format = Compression.of(bytes);
        if (format == null) {
            return file;
        }
        if (!recognizes.test(unpackedHead(format, bytes))) {
            return file.stillPacked(format);
        }
        try (file) {
            InputBytes copy = unpack(path, format, new PackedSource(path, file.stream()), file.size());
            unpacked.put(path, copy);
            return copy;
        }
    }

    @Override
    public boolean isFile(Path path) throws IOException {
        return Inputs.isRegularFile(path) || isPipe(path);
    }

    private InputBytes ofPipe(Path path, Predicate<byte[]> recognizes) throws IOException {
        PackedSource source = new PackedSource(path, stream(path));
        byte[] head = source.readNBytes(HEAD_BYTES);
        String format = Compression.of(new ByteArrayInputStream(head));
        if (format != null && recognizes.test(unpackedHead(format, new ByteArrayInputStream(head)))) {
            PackedSource all =
                    new PackedSource(path, new SequenceInputStream(new ByteArrayInputStream(head), source));
            return unpack(path, format, all, UNKNOWN);
        }
        Spool spool = spool(path);
        spool.append(head, head.length);
        if (head.length == HEAD_BYTES && !recognizes.test(head)) {
            return InputBytes.stored(spool.channel(), source.bytes(), format, "it was not read further");
        }
        copy(source, spool);
        return InputBytes.stored(spool.channel(), source.bytes(), format, null);
    }

    private static void copy(InputStream source, Spool spool) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        int got;
        while ((got = source.read(chunk, 0, chunk.length)) >= 0) {
            spool.append(chunk, got);
        }
    }

    /** Unpacks what the beginning holds; as much as is good when it is damaged or ends within a block. */
    private static byte[] unpackedHead(String format, InputStream packed) {
        byte[] head = new byte[HEAD_BYTES];
        int bytes = 0;
        try {
            InputStream plain = Compression.unpack(format, packed);
            int got;
            while (bytes < head.length
                    && (got = plain.read(head, bytes, Math.min(SMALL_CHUNK_BYTES, head.length - bytes))) >= 0) {
                bytes += got;
            }
        } catch (IOException | RuntimeException e) {
            return Arrays.copyOf(head, bytes); // the damage is said when all of it is unpacked
        }
        return bytes == head.length ? head : Arrays.copyOf(head, bytes);
    }

    /** @param size number of packed bytes; {@link #UNKNOWN} for a pipe, which is then read to its end */
    private InputBytes unpack(Path path, String format, PackedSource source, long size) throws IOException {
        Spool spool = spool(path);
        long bytes = 0;
        String incomplete = null;
        byte[] chunk = new byte[CHUNK_BYTES];
        int filled = 0;
        try {
            InputStream plain = Compression.unpack(format, new BufferedInputStream(source, CHUNK_BYTES));
            int got;
            while ((got = read(plain, chunk, filled)) >= 0) {
                filled += got;
                bytes += got;
                if (filled == chunk.length) {
                    spool.append(chunk, filled);
                    filled = 0;
                    requireSensible(path, format, bytes, source.bytes());
                }
            }
        } catch (DamagedException e) {
            source.check();
            incomplete = "its compression (" + format + ") is cut off or damaged after " + bytes
                    + " unpacked bytes: " + e.getMessage();
        }
        spool.append(chunk, filled);
        if (size == UNKNOWN) {
            drain(source);
        }
        return InputBytes.stored(
                spool.channel(), size == UNKNOWN ? source.bytes() : size, format, incomplete);
    }

    /** Reads what little may follow, so that who writes the pipe does not fail at it; it may also never end. */
    private static void drain(PackedSource source) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int bytes = 0, got = 0; bytes < HEAD_BYTES && got >= 0; bytes += Math.max(0, got)) {
            got = source.read(chunk, 0, chunk.length);
        }
    }

    private static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(Throwable cause) {
            super(Compression.why(cause), cause);
        }
    }

    /** The decompressors throw more than they declare. */
    private static int read(InputStream plain, byte[] chunk, int at) throws DamagedException {
        try {
            return plain.read(chunk, at, Math.min(SMALL_CHUNK_BYTES, chunk.length - at));
        } catch (IOException | RuntimeException e) {
            throw new DamagedException(e);
        }
    }

    private static void requireSensible(Path path, String format, long bytes, long packed) throws IOException {
        if (bytes > MAX_UNPACKED_BYTES && bytes / MAX_RATIO > packed) {
            throw new IOException(path + " unpacks to more than " + MAX_RATIO
                    + " times its size, which no capture does; if it is one, unpack it (" + format + ") first");
        }
    }

    private Spool spool(Path path) throws IOException {
        Spool spool = Spool.create(path);
        opened.add(spool.channel());
        return spool;
    }

    private InputStream stream(Path path) throws IOException {
        if (isStdin(path)) {
            return stdin;
        }
        InputStream pipe = Files.newInputStream(path);
        opened.add(pipe);
        return pipe;
    }

    private static boolean isStdin(Path path) {
        return Inputs.isStdin(path) || STDIN_PATHS.contains(path.toString());
    }

    /** Returns whether it can be read only once: standard input or a pipe. */
    private static boolean isPipe(Path path) throws IOException {
        if (Inputs.isStdin(path)) {
            return true;
        }
        if (Files.isRegularFile(path) || Files.isDirectory(path) || !Files.exists(path)
                || !path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return false;
        }
        if (isStdin(path)) {
            return ((int) Files.getAttribute(path, "unix:mode") & S_IFMT) != S_IFCHR;
        }
        return ((int) Files.getAttribute(path, "unix:mode") & S_IFMT) == S_IFIFO;
    }

    @Override
    public void close() throws IOException {
        for (Closeable one : opened) {
            one.close();
        }
    }
}
