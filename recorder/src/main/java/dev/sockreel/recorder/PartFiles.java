package dev.sockreel.recorder;

import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.recorder.spool.RecordSink;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The file of a recording, or its parts. Each part can be read alone: it begins with its own header and host
 * evidence. All but {@link #create} runs on the writing thread.
 *
 * <p>Durability: every finished snapshot is handed to the kernel at once, so that killing the recorder loses nothing
 * of it. The disk is asked (fdatasync) at the end of a snapshot when the last time is 10 s ago, and when a file is
 * closed: a crash of the machine loses at most that.
 */
final class PartFiles implements RecordSink {
    private static final long SYNC_NS = 10_000_000_000L;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final RecordOptions options;
    private final HostEvidence host;
    private final UUID captureId = UUID.randomUUID();
    private final Deque<Part> closed = new ArrayDeque<>();
    private CaptureWriter writer;
    private Path path;
    private @Nullable Object fileKey;
    private String stamp = "";
    private Instant opened = Instant.EPOCH;
    private int number;
    private long syncedNs = System.nanoTime();
    private long closedBytes;
    private long closedUncompressed;
    private int closedSnapshots;

    private record Part(Path path, long bytes, Instant ended, int snapshots) {}

    private PartFiles(RecordOptions options, HostEvidence host) throws IOException {
        this.options = options;
        this.host = host;
        path = nextPath();
        writer = open(path);
    }

    /**
     * Begins the first file, so that it is a capture from now on.
     *
     * @throws RecordingException also when the file exists and is not empty
     */
    static PartFiles create(RecordOptions options, HostEvidence host) throws RecordingException {
        try {
            return new PartFiles(options, host);
        } catch (IOException e) {
            throw new RecordingException(sentence(options.file(), e), e);
        }
    }

    /** One sentence of a failed file operation. */
    static String sentence(Path file, IOException e) {
        String why = switch (e) {
            case FileAlreadyExistsException x -> "exists and is not empty; choose another name or use --force";
            case NoSuchFileException x -> "its folder does not exist";
            case java.nio.file.AccessDeniedException x -> "permission denied";
            case java.nio.file.FileSystemException x when x.getReason() != null -> String.valueOf(x.getReason());
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
        return why.startsWith(file.toString()) ? why : file + ": " + why;
    }

    private Path nextPath() {
        if (options.rotation() == null) {
            return options.file();
        }
        stamp = STAMP.format(Instant.now());
        String name = String.valueOf(options.file().getFileName());
        String stem = name.endsWith(".reel") ? name.substring(0, name.length() - 5) : name;
        return options.file().resolveSibling(stem + "-" + stamp + ".reel");
    }

    private CaptureWriter open(Path file) throws IOException {
        if (options.force() && Files.isRegularFile(file)) {
            FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
                    .close();
        }
        opened = Instant.now();
        CaptureWriter out = CaptureWriter.create(
                file,
                new CaptureHeader(captureId, number, ReceiveTime.now(), ByteOrder.nativeOrder(), Recorder.WRITER));
        try {
            out.write(host);
            out.endGroup();
            fileKey = key(file);
        } catch (IOException e) {
            out.close();
            deleteEmpty(file, e);
            throw e;
        }
        return out;
    }

    /** Null for what is no regular file, or not there. */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.fileKey() : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** What is written to a file that has no name any more is recorded nowhere. */
    private void requireFile() throws IOException {
        if (fileKey != null && !fileKey.equals(key(path))) {
            throw new IOException(path + ": it was deleted or replaced while it was written");
        }
    }

    /** A name without a capture behind it helps nobody. */
    private static void deleteEmpty(Path file, IOException cause) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) == 0) {
                Files.delete(file);
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public void write(CaptureRecord record) throws IOException {
        writer.write(record);
    }

    /** After a snapshot: durability and old parts. */
    void snapshotEnded() throws IOException {
        requireFile();
        if (System.nanoTime() - syncedNs > SYNC_NS) {
            sync();
        }
        retain();
    }

    private void sync() throws IOException {
        if (Files.isRegularFile(path)) {
            writer.sync();
        }
        syncedNs = System.nanoTime();
    }

    /** True when the next snapshot belongs into a new part. */
    private boolean rotationDue() {
        boolean due = switch (options.rotation()) {
            case null -> false;
            case RecordOptions.Limit.Age age -> !Instant.now().isBefore(opened.plus(age.time()));
            case RecordOptions.Limit.Size size -> writer.fileBytes() >= size.bytes();
        };
        // Two parts of one second would have one name.
        return due && !STAMP.format(Instant.now()).equals(stamp);
    }

    /** Begins a new part when one is due; {@link #parts()} shows whether it did. */
    void rotateIfDue() throws IOException {
        if (rotationDue()) {
            rotate();
        }
    }

    private void rotate() throws IOException {
        finish();
        number++;
        path = nextPath();
        writer = open(path);
        retain();
    }

    private void retain() throws IOException {
        Part oldest = closed.peekFirst();
        while (oldest != null && isOver(oldest)) {
            Files.deleteIfExists(oldest.path());
            closed.removeFirst();
            oldest = closed.peekFirst();
        }
    }

    private boolean isOver(Part oldest) {
        return switch (options.retention()) {
            case null -> false;
            case RecordOptions.Limit.Age age -> oldest.ended().plus(age.time()).isBefore(Instant.now());
            case RecordOptions.Limit.Size size ->
                closed.stream().mapToLong(Part::bytes).sum() + writer.fileBytes() > size.bytes();
        };
    }

    /** Ends the current file on purpose. */
    void finish() throws IOException {
        requireFile();
        try (CaptureWriter ending = writer) {
            ending.finish();
            closed.addLast(new Part(path, ending.fileBytes(), Instant.now(), ending.snapshots()));
            closedSnapshots += ending.snapshots();
            closedBytes += ending.fileBytes();
            closedUncompressed += ending.uncompressedBytes();
        }
        syncedNs = System.nanoTime();
    }

    /** Lets go of a file that cannot be ended; what is in it stays readable. */
    void abandon() {
        try {
            writer.close();
        } catch (IOException e) {
            // Nothing of the capture depends on it: what was written is written.
            return;
        }
    }

    Path path() {
        return path;
    }

    /**
     * Which of the files that are still there hold how many snapshots, in words.
     *
     * @param finished of the whole recording
     */
    String whereRecorded(int finished) throws IOException {
        List<Part> there = new ArrayList<>(closed.stream().filter(p -> Files.isRegularFile(p.path())).toList());
        boolean open = closed.isEmpty() || !closed.getLast().path().equals(path);
        if (open && fileKey != null && fileKey.equals(key(path))) {
            there.add(new Part(path, 0, Instant.now(), finished - closedSnapshots));
        }
        if (there.isEmpty()) {
            return "nothing of the recording is left";
        }
        int snapshots = there.stream().mapToInt(Part::snapshots).sum();
        String last = there.getLast().path().toString();
        String where = there.size() == 1 ? last + " holds" : last + " and " + (there.size() - 1) + " parts before hold";
        return where + " the " + snapshots + " snapshots that were finished before";
    }

    /** Parts begun. */
    int parts() {
        return number + 1;
    }

    /** Of all finished parts. */
    long fileBytes() {
        return closedBytes;
    }

    /** Of all records of finished parts, before compression. */
    long uncompressedBytes() {
        return closedUncompressed;
    }

    /** Whether a time is over since a moment. */
    static boolean isOlder(@Nullable Instant moment, Duration age) {
        return moment == null || moment.plus(age).isBefore(Instant.now());
    }
}
