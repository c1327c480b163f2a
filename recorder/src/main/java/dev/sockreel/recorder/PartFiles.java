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
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
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
    /** Parts begin no faster than this, whatever the rotation. */
    private static final long MIN_PART_NS = 1_000_000_000L;

    private final RecordOptions options;
    private final HostEvidence host;
    private final UUID captureId = UUID.randomUUID();
    private final ClosedParts closed;
    private Open open;
    private boolean finished;
    private int number;
    private long syncedNs = System.nanoTime();

    /**
     * The file being written.
     *
     * @param key      device and inode; null when it is no regular file
     * @param openedNs {@link System#nanoTime()} when it was begun
     */
    private record Open(Path path, CaptureWriter writer, @Nullable Object key, long openedNs) {}

    private PartFiles(RecordOptions options, HostEvidence host) throws IOException {
        this.options = options;
        this.host = host;
        closed = new ClosedParts(options.retention());
        open = begin();
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

    /** Begins the file, or a part under a name that is free: {@code --force} is about FILE, never about a part. */
    private Open begin() throws IOException {
        Path file = options.file();
        if (options.rotation() == null) {
            return begin(Output.of(file, options.force()));
        }
        PartName name = PartName.of(file, Instant.now());
        for (int i = 1; i <= PartName.MAX_NUMBER; i++) {
            Path part = name.numbered(i);
            if (!Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    return begin(Output.of(part, false));
                } catch (FileAlreadyExistsException e) {
                    continue; // someone was faster
                }
            }
        }
        throw new IOException(name.numbered(1) + ": this name and all with a number are taken");
    }

    private Open begin(Output output) throws IOException {
        long openedNs = System.nanoTime();
        CaptureWriter out = CaptureWriter.create(
                output,
                new CaptureHeader(captureId, number, ReceiveTime.now(), ByteOrder.nativeOrder(), Recorder.WRITER));
        try {
            out.write(host);
            out.endGroup();
            return new Open(output.path(), out, key(output.path()), openedNs);
        } catch (IOException e) {
            out.close();
            throw e;
        }
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
        if (open.key() != null && !open.key().equals(key(open.path()))) {
            throw new IOException(open.path() + " was deleted or replaced during the recording");
        }
    }

    @Override
    public void write(CaptureRecord record) throws IOException {
        open.writer().write(record);
    }

    /** Ends a snapshot: syncs when due, and deletes old parts. */
    void snapshotEnded() throws IOException {
        requireFile();
        if (System.nanoTime() - syncedNs > SYNC_NS) {
            sync();
        }
        closed.retain(open.writer().fileBytes());
    }

    private void sync() throws IOException {
        if (Files.isRegularFile(open.path())) {
            open.writer().sync();
        }
        syncedNs = System.nanoTime();
    }

    /** Returns whether the next snapshot belongs into a new part. */
    private boolean isRotationDue() {
        long ageNs = System.nanoTime() - open.openedNs();
        boolean due = switch (options.rotation()) {
            case null -> false;
            case RecordOptions.Limit.Age age -> ageNs >= age.time().toNanos();
            case RecordOptions.Limit.Size size -> open.writer().fileBytes() >= size.bytes();
        };
        return due && ageNs >= MIN_PART_NS;
    }

    /** Begins a new part when one is due; {@link #parts()} shows whether it did. */
    void rotateIfDue() throws IOException {
        if (isRotationDue()) {
            finish();
            number++;
            open = begin();
            finished = false;
            closed.retain(open.writer().fileBytes());
        }
    }

    /** Closes the current file. */
    void finish() throws IOException {
        requireFile();
        try (CaptureWriter ending = open.writer()) {
            ending.finish();
            closed.add(new ClosedParts.Part(
                    open.path(), FileIdentity.of(open.path()), ending.fileBytes(), System.nanoTime(),
                    ending.snapshots()));
            finished = true;
        }
        syncedNs = System.nanoTime();
    }

    /** Releases a file that cannot be closed properly; what is in it stays readable. */
    void abandon() {
        try {
            open.writer().close();
        } catch (IOException e) {
            // The capture does not depend on it: what was written is written.
            return;
        }
    }

    Path path() {
        return open.path();
    }

    /**
     * Describes which of the remaining files hold how many snapshots.
     *
     * @param snapshots number of snapshots finished in the whole recording
     */
    String whereRecorded(int snapshots) throws IOException {
        List<ClosedParts.Part> there = closed.there();
        int left = there.stream().mapToInt(ClosedParts.Part::snapshots).sum();
        int files = there.size();
        Path last = there.isEmpty() ? open.path() : there.getLast().path();
        if (!finished && open.key() != null && open.key().equals(key(open.path()))) {
            left += snapshots - closed.snapshots();
            files++;
            last = open.path();
        }
        if (files == 0) {
            return "no file of the recording is left";
        }
        return Counted.of(left, "finished snapshot is", "finished snapshots are") + " in " + last
                + (files == 1 ? "" : " and " + Counted.of(files - 1, "earlier part"));
    }

    /** The number of parts begun. */
    int parts() {
        return number + 1;
    }

    /** The size of all closed parts, bytes. */
    long fileBytes() {
        return closed.bytes();
    }
}
