package dev.sockreel.recorder;

import dev.sockreel.capture.CaptureReader;
import dev.sockreel.capture.CaptureWriter;
import dev.sockreel.capture.ChainWriter;
import dev.sockreel.capture.record.CaptureHeader;
import dev.sockreel.capture.record.CaptureRecord;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.failure.NotACaptureException;
import dev.sockreel.output.Output;
import dev.sockreel.recorder.kernel.HostClock;
import dev.sockreel.recorder.kernel.OfdLock;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.recorder.spool.RecordSink;
import dev.sockreel.recorder.spool.Spool;
import dev.sockreel.wording.Counted;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

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
    private final Consumer<String> progress;
    private final ClosedParts closed;
    private Open open;
    /** True if the open file has no name that leads to it, as far as known. */
    private boolean lost;
    private boolean finished;
    private int number;
    private long syncedNs = System.nanoTime();

    /**
     * The file being written.
     *
     * @param openedNs {@link System#nanoTime()} when it was begun
     */
    private record Open(RecordedFile file, ChainWriter writer, long openedNs) {}

    private PartFiles(RecordOptions options, HostEvidence host, Consumer<String> progress) throws IOException {
        this.options = options;
        this.host = host;
        this.progress = progress;
        closed = new ClosedParts(options.retention());
        open = begin();
    }

    /**
     * Creates the first file, with header and host evidence.
     *
     * @param progress receives short lines for people
     * @throws RecordingException when the file exists and is not empty, is being recorded, or cannot be written
     */
    static PartFiles create(RecordOptions options, HostEvidence host, Consumer<String> progress)
            throws RecordingException {
        try {
            PartFiles files = new PartFiles(options, host, progress);
            if (files.open.file().isUnlocked()) {
                progress.accept(files.path() + ": this file system knows no locks, so a second recording with --force"
                        + " could replace the file");
            }
            return files;
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
            return beginFile(file);
        }
        PartName name = PartName.of(file, Instant.now());
        IOException taken = new IOException(name.numbered(1) + ": this name and all with a number are taken");
        for (int i = 1; i <= PartName.MAX_NUMBER; i++) {
            Path part = name.numbered(i);
            if (!Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    return begin(part, false);
                } catch (FileAlreadyExistsException e) {
                    taken.addSuppressed(e); // someone was faster
                }
            }
        }
        throw taken;
    }

    private Open beginFile(Path file) throws IOException {
        try {
            return begin(file, options.force());
        } catch (FileAlreadyExistsException e) {
            throw heldOr(e, file);
        }
    }

    /** Prefers to say that a file is being recorded, which {@code --force} would not change. */
    private static IOException heldOr(FileAlreadyExistsException e, Path file) {
        try (OfdLock free = OfdLock.of(file.toRealPath())) {
            return e;
        } catch (OfdLock.HeldException held) {
            return held;
        } catch (IOException other) {
            e.addSuppressed(other);
            return e;
        }
    }

    private Open begin(Path path, boolean force) throws IOException {
        long openedNs = System.nanoTime();
        RecordedFile file = new RecordedFile(path);
        CaptureHeader header =
                new CaptureHeader(captureId, number, HostClock.now(), ByteOrder.nativeOrder(), Recorder.WRITER);
        ChainWriter out = new ChainWriter(
                CaptureWriter.create(Output.of(path, force).claimedBy(file), header), ByteOrder.nativeOrder(),
                System::gc);
        try {
            out.write(host);
            out.endGroup();
            file.named();
            return new Open(file, out, openedNs);
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    /** Follows a file that was renamed; fails when it was deleted or replaced. */
    private void requireFile() throws IOException {
        RecordedFile file = open.file();
        if (!file.isThere()) {
            Path before = file.path();
            lost = true;
            file.follow();
            lost = false;
            progress.accept(before + " was renamed to " + file.path() + "; the recording goes on there");
        }
    }

    @Override
    public void write(CaptureRecord record) throws IOException {
        open.writer().write(record);
    }

    /** Ends a snapshot: syncs when due, and deletes old parts; not before, so that a snapshot is always left. */
    void snapshotEnded() throws IOException {
        requireFile();
        if (System.nanoTime() - syncedNs > SYNC_NS) {
            sync();
        }
        closed.retain(open.writer().fileBytes());
    }

    private void sync() throws IOException {
        if (open.file().isRegular()) {
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

    /**
     * Begins a new part when one is due; {@link #parts()} shows whether it did.
     *
     * @param written totals of the recording
     */
    void rotateIfDue(Spool.Written written) throws IOException {
        if (isRotationDue()) {
            finish(written);
            number++;
            open = begin();
            finished = false;
        }
    }

    /**
     * Closes the current file.
     *
     * @param written totals of the recording
     */
    void finish(Spool.Written written) throws IOException {
        requireFile();
        try (ChainWriter ending = open.writer()) {
            ending.finish();
            requireFile();
            RecordedFile file = open.file();
            closed.add(new ClosedParts.Part(
                    file.path(), file.isRegular() ? identity(file.path()) : null, file.isMoved(),
                    ending.fileBytes(), System.nanoTime(), written.minus(closed.written())));
            finished = true;
        }
        syncedNs = System.nanoTime();
    }

    private static FileIdentity identity(Path file) throws IOException {
        FileIdentity identity = FileIdentity.of(file);
        if (identity == null) {
            throw RecordedFile.gone(file);
        }
        return identity;
    }

    /**
     * Releases a file that cannot be closed properly; what is in it stays readable. One whose name is lost may be
     * somewhere else, and is closed there.
     *
     * @param cause why; takes up what goes wrong here
     */
    void abandon(Exception cause) {
        try (ChainWriter ending = open.writer()) {
            if (lost && !finished) {
                ending.finish();
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    Path path() {
        return open.file().path();
    }

    /**
     * Describes which of the remaining files hold how many snapshots.
     *
     * @param written totals of the recording
     */
    String whereRecorded(Spool.Written written) throws IOException {
        List<ClosedParts.Part> there = closed.there();
        int left = there.stream().mapToInt(p -> p.written().snapshots()).sum();
        int files = there.size();
        Path last = there.isEmpty() ? path() : there.getLast().path();
        if (!finished && open.file().isRegular() && open.file().isThere()) {
            left += Files.size(path()) == open.writer().fileBytes()
                    ? written.minus(closed.written()).snapshots()
                    : finishedIn(path());
            files++;
            last = path();
        }
        if (files == 0) {
            return "no file of the recording is left where it was written";
        }
        return Counted.of(left, "finished snapshot is", "finished snapshots are") + " in " + last
                + (files == 1 ? "" : " and " + Counted.of(files - 1, "earlier part"));
    }

    /** Counts the finished snapshots in a file that somebody else changed. */
    private static int finishedIn(Path file) throws IOException {
        int finished = 0;
        try (CaptureReader reader = CaptureReader.open(file)) {
            CaptureRecord record;
            while ((record = reader.next()) != null) {
                finished += record instanceof SnapshotEnd ? 1 : 0;
            }
        } catch (NotACaptureException e) {
            return finished;
        }
        return finished;
    }

    /** Returns the size of all parts, bytes; on the writing thread. */
    long bytes() {
        return closed.bytes() + (finished ? 0 : open.writer().fileBytes());
    }

    /** Returns what is left of the closed parts. */
    List<ClosedParts.Part> there() throws IOException {
        return closed.there();
    }

    /** The number of parts begun. */
    int parts() {
        return number + 1;
    }
}
