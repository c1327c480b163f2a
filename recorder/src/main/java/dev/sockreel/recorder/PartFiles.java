package dev.sockreel.recorder;

import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.output.Output;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.recorder.spool.RecordSink;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
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
 * evidence. All methods but {@link #create} run on the writing thread.
 *
 * <p>Durability: every finished snapshot is handed to the kernel at once and survives a killed recorder. Data is
 * forced to the disk (fdatasync) at the end of a snapshot when the last time is 10 s ago, and when a file is closed: a
 * crash of the machine loses at most what came later.
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
    private int closedSnapshots;

    private record Part(Path path, long bytes, Instant ended, int snapshots) {}

    private PartFiles(RecordOptions options, HostEvidence host) throws IOException {
        this.options = options;
        this.host = host;
        path = nextPath();
        writer = open(path);
    }

    /**
     * Creates the first file, with header and host evidence.
     *
     * @throws RecordingException when the file exists and is not empty, or cannot be written
     */
    static PartFiles create(RecordOptions options, HostEvidence host) throws RecordingException {
        try {
            return new PartFiles(options, host);
        } catch (IOException e) {
            throw new RecordingException(sentence(options.file(), e), e);
        }
    }

    /** Describes a failed file operation in one sentence. */
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
        opened = Instant.now();
        CaptureWriter out = CaptureWriter.create(
                Output.of(file, options.force()),
                new CaptureHeader(captureId, number, ReceiveTime.now(), ByteOrder.nativeOrder(), Recorder.WRITER));
        try {
            out.write(host);
            out.endGroup();
            fileKey = key(file);
        } catch (IOException e) {
            out.close();
            throw e;
        }
        return out;
    }

    /** Returns the identity of a regular file; null when it is none or does not exist. */
    private static @Nullable Object key(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.fileKey() : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Fails when the file was deleted or replaced: what is written to it would be lost. */
    private void requireFile() throws IOException {
        if (fileKey != null && !fileKey.equals(key(path))) {
            throw new IOException(path + " was deleted or replaced during the recording");
        }
    }

    @Override
    public void write(CaptureRecord record) throws IOException {
        writer.write(record);
    }

    /** Ends a snapshot: syncs when due, and deletes old parts. */
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
        // Two parts begun in the same second would have the same name.
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

    /** Closes the current file. */
    void finish() throws IOException {
        requireFile();
        try (CaptureWriter ending = writer) {
            ending.finish();
            closed.addLast(new Part(path, ending.fileBytes(), Instant.now(), ending.snapshots()));
            closedSnapshots += ending.snapshots();
            closedBytes += ending.fileBytes();
        }
        syncedNs = System.nanoTime();
    }

    /** Releases a file that cannot be closed properly; what is in it stays readable. */
    void abandon() {
        try {
            writer.close();
        } catch (IOException e) {
            // The capture does not depend on it: what was written is written.
            return;
        }
    }

    Path path() {
        return path;
    }

    /**
     * Describes which of the remaining files hold how many snapshots.
     *
     * @param finished number of snapshots finished in the whole recording
     */
    String whereRecorded(int finished) throws IOException {
        List<Part> there = new ArrayList<>(closed.stream().filter(p -> Files.isRegularFile(p.path())).toList());
        boolean open = closed.isEmpty() || !closed.getLast().path().equals(path);
        if (open && fileKey != null && fileKey.equals(key(path))) {
            there.add(new Part(path, 0, Instant.now(), finished - closedSnapshots));
        }
        if (there.isEmpty()) {
            return "no file of the recording is left";
        }
        int snapshots = there.stream().mapToInt(Part::snapshots).sum();
        String last = there.getLast().path().toString();
        String parts = there.size() == 1 ? "" : " and " + Counted.of(there.size() - 1, "earlier part");
        return Counted.of(snapshots, "finished snapshot is", "finished snapshots are") + " in " + last + parts;
    }

    /** The number of parts begun. */
    int parts() {
        return number + 1;
    }

    /** The size of all closed parts, bytes. */
    long fileBytes() {
        return closedBytes;
    }
}
