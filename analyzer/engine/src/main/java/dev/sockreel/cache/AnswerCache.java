package dev.sockreel.cache;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferOverflowException;
import com.esotericsoftware.kryo.io.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A folder of cached answers, one file each:
 *
 * <pre>
 *  0       8                40        44
 *  +-------+----------------+---------+----------------------------+
 *  | magic | digest of the  | CRC32C  | answer, as Kryo writes it  |
 *  |       | question       | of what |                            |
 *  |       | (CacheKey)     | follows |                            |
 *  +-------+----------------+---------+----------------------------+
 * </pre>
 *
 * Only the owner can read the files (0600, the folder 0700); files that another user could have written are ignored. An
 * answer of more than {@link #MAX_ANSWER_BYTES} is not kept; when all files take more than {@link #MAX_FOLDER_BYTES},
 * the least recently used are deleted.
 */
public final class AnswerCache {
    public static final int MAX_ANSWER_BYTES = 64 << 20;
    public static final long MAX_FOLDER_BYTES = 256L << 20;

    private static final byte[] MAGIC = {'R', 'E', 'E', 'L', 'C', 'A', 'C', '1'};
    private static final int DIGEST_BYTES = 32;
    private static final int HEADER_BYTES = MAGIC.length + DIGEST_BYTES + Integer.BYTES;
    private static final String SUFFIX = ".kryo";
    private static final Set<PosixFilePermission> OTHERS_MAY_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;

    /**
     * Opens the cache in a folder.
     *
     * @param folder created when the first answer is kept
     */
    public AnswerCache(Path folder) {
        this.folder = folder;
    }

    /** Returns the cached answer; empty when there is none, or when it is damaged, too large or not this user's. */
    public <T> Optional<T> get(CacheKey key, Class<T> type) throws IOException {
        Path file = file(key);
        byte[] content;
        try {
            if (!isOwn(folder) || !isOwn(file) || Files.size(file) > HEADER_BYTES + (long) MAX_ANSWER_BYTES) {
                return Optional.empty();
            }
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Optional<T> answer = isIntact(content, key) ? read(content, type) : Optional.empty();
        if (answer.isPresent()) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now())); // marks it as recently used
        }
        return answer;
    }

    /**
     * Returns whether a file or folder is this user's own and nobody else can write to it. Links are not followed, as
     * they may lead anywhere.
     */
    private static boolean isOwn(Path path) throws IOException {
        PosixFileAttributes is = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        boolean kind = is.isDirectory() || is.isRegularFile();
        return kind && is.owner().equals(self()) && is.permissions().stream().noneMatch(OTHERS_MAY_WRITE::contains);
    }

    private static Object self() throws IOException {
        Path own = Path.of("/proc/self");
        return Files.exists(own)
                ? Files.getOwner(own)
                : own.getFileSystem().getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name"));
    }

    private static boolean isIntact(byte[] content, CacheKey key) {
        return content.length >= HEADER_BYTES && ByteBuffer.wrap(content, 0, HEADER_BYTES).equals(header(key, content));
    }

    /** Returns the header for this content, whose first bytes are ignored. */
    private static ByteBuffer header(CacheKey key, byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content, HEADER_BYTES, content.length - HEADER_BYTES);
        return ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .put(HexFormat.of().parseHex(key.digest()))
                .putInt((int) crc.getValue())
                .flip();
    }

    private static <T> Optional<T> read(byte[] content, Class<T> type) {
        try (Input in = new Input(content, HEADER_BYTES, content.length - HEADER_BYTES)) {
            Optional<T> answer = Kryos.read(Kryos.create(), in, type);
            return in.position() == in.limit() ? answer : Optional.empty();
        } catch (KryoException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty(); // intact, but no answer: it was not written by this code
        }
    }

    /**
     * Stores an answer, unless it is too large or one of its files has changed meanwhile.
     *
     * @return whether it was stored
     * @throws IOException when it cannot be written; only the cache is affected
     */
    public boolean put(CacheKey key, Object answer) throws IOException {
        byte[] content;
        try (Output out = new Output(1 << 16, HEADER_BYTES + MAX_ANSWER_BYTES)) {
            out.writeBytes(new byte[HEADER_BYTES]);
            Kryos.create().writeClassAndObject(out, answer);
            content = out.toBytes();
        } catch (KryoBufferOverflowException e) {
            return false;
        }
        if (!key.stillHolds()) {
            return false;
        }
        header(key, content).get(content, 0, HEADER_BYTES);
        makeFolder();
        write(file(key), content);
        prune();
        return true;
    }

    private void makeFolder() throws IOException {
        Files.createDirectories(folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (!isOwn(folder)) {
            throw new IOException(
                    folder + " must belong to you and be writable by nobody else; nothing is cached there");
        }
    }

    /** Writes a file atomically: readers see all of it or nothing. */
    private void write(Path file, byte[] content) throws IOException {
        Path part = Files.createTempFile(folder, "part", SUFFIX); // 0600
        try {
            try (SeekableByteChannel out = Files.newByteChannel(part, StandardOpenOption.WRITE)) {
                ByteBuffer rest = ByteBuffer.wrap(content);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * A stored answer.
     *
     * @param modified when it was stored or last used
     */
    private record Entry(Path file, long bytes, FileTime modified) {}

    private void prune() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                entries.add(new Entry(file, Files.size(file), Files.getLastModifiedTime(file)));
            }
        } catch (NoSuchFileException e) {
            return; // another process prunes as well
        }
        entries.sort(Comparator.comparing(Entry::modified));
        long bytes = entries.stream().mapToLong(Entry::bytes).sum();
        for (Entry entry : entries) {
            if (bytes <= MAX_FOLDER_BYTES) {
                break;
            }
            Files.deleteIfExists(entry.file());
            bytes -= entry.bytes();
        }
    }

    private Path file(CacheKey key) {
        return folder.resolve(key.digest() + SUFFIX);
    }
}
