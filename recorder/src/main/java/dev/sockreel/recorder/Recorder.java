package dev.sockreel.recorder;

import dev.sockreel.build.Build;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.capture.record.SnapshotBegin;
import dev.sockreel.capture.record.SnapshotEnd;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.recorder.host.CpuTime;
import dev.sockreel.recorder.host.DiagHandlers;
import dev.sockreel.recorder.host.HeapBound;
import dev.sockreel.recorder.host.HostFacts;
import dev.sockreel.recorder.host.ModuleWatch;
import dev.sockreel.recorder.host.NamespaceTarget;
import dev.sockreel.recorder.host.RealtimeSteps;
import dev.sockreel.recorder.kernel.HostClock;
import dev.sockreel.recorder.kernel.Platform;
import dev.sockreel.recorder.kernel.ReceivePool;
import dev.sockreel.recorder.options.Quantity;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.recorder.process.ProcessRecorder;
import dev.sockreel.recorder.spool.RecordSink;
import dev.sockreel.recorder.spool.Spool;
import dev.sockreel.recorder.spool.UnknownInodes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records the live kernel: {@link #run} makes a whole recording in the calling thread and threads of its own.
 *
 * <p>The order in a snapshot is namespaces, counters, dumps, counters, processes. Processes come last, because only a
 * scan later than the dump can show that nobody holds a socket.
 */
public final class Recorder implements AutoCloseable {
    /** The writer named in the header of its files. */
    static final String WRITER = "sockreel " + Build.current().version();

    /** The number of receive buffers: 64 datagrams of 32 KiB are what the kernel sends in about 6 ms. */
    private static final int SLOTS = 64;

    private final RecordOptions options;
    private final StopSignal stop;
    private final RecordingListener listener;
    private final PartFiles files;
    private final Spool spool;
    private final MissingHandlers missing;
    private final Refusals refusals;
    private final DumpTally tally = new DumpTally();
    private final List<String> gone = new ArrayList<>();
    private final List<NamespaceRecorder> namespaces = new ArrayList<>();
    private final ModuleWatch modules = new ModuleWatch();
    private final ProcessRecorder processes;
    private final Ticks ticks;
    private final RealtimeSteps steps = new RealtimeSteps();
    private final HeapBound heap = new HeapBound();
    private boolean firstOfFile = true;
    private boolean unrecordedReported;
    private ReceiveTime first = ReceiveTime.NONE;
    private ReceiveTime last = ReceiveTime.NONE;
    private RecordedSoFar totals =
            new RecordedSoFar(0, RecordedSoFar.NOT_COUNTED, 0, 0, 0, 0, 0, ReceiveTime.NONE, ReceiveTime.NONE);
    private CpuTime cpuAtBegin = new CpuTime(0, 0);

    /**
     * Records until the count or duration is reached or a stop is requested.
     *
     * @param listener takes lines for people, and totals
     * @throws RecordingException with one sentence for people; what was recorded before is in the file
     */
    public static RecordSummary run(RecordOptions options, StopSignal stop, RecordingListener listener)
            throws RecordingException {
        if (!Platform.isSupported()) {
            throw new RecordingException("recording needs a 64-bit Linux; this is "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        }
        try (Recorder recorder = new Recorder(options, stop, listener)) {
            return recorder.loop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RecordingException("the recording was interrupted", e);
        }
    }

    private Recorder(RecordOptions options, StopSignal stop, RecordingListener listener)
            throws RecordingException, InterruptedException {
        this.options = options;
        this.stop = stop;
        this.listener = listener;
        this.missing = new MissingHandlers(listener::say);
        this.refusals = new Refusals(listener::say);
        if (options.noModprobe()) {
            skipUnloadedHandlers();
        }
        List<NamespaceTarget> targets = NamespaceTarget.resolve(options.namespaces());
        ReceivePool pool = new ReceivePool(SLOTS);
        PartFilesHolder holder = new PartFilesHolder();
        UnknownInodes inodes = new UnknownInodes();
        this.spool = new Spool(pool, holder, options.keepSecrets(), inodes);
        this.processes = new ProcessRecorder(options, spool, inodes);
        RecordingContext context = new RecordingContext(
                options, pool, spool, stop, missing, refusals, tally, new AtomicInteger(), new AtomicInteger(),
                new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors())));
        try {
            enter(targets, context);
            this.files = PartFiles.create(options, HostFacts.gather(options), listener::say);
        } catch (RecordingException | InterruptedException | RuntimeException e) {
            closeThreads();
            throw e;
        }
        holder.files = files;
        this.ticks = new Ticks(options.interval().toNanos());
        listener.say("recording " + options.families() + " every " + Quantity.format(options.interval()) + " to "
                + files.path() + (options.count() == 0 && options.duration() == null ? "; Ctrl-C ends it" : ""));
    }

    /** Lets the spool be made before the file, so that a recording that cannot begin overwrites nothing. */
    private static final class PartFilesHolder implements RecordSink {
        volatile @Nullable PartFiles files;

        @Override
        public void write(dev.sockreel.capture.record.CaptureRecord record) throws IOException {
            PartFiles open = files;
            if (open == null) {
                throw new IOException("a record was written before its file was opened");
            }
            open.write(record);
        }
    }

    private void skipUnloadedHandlers() {
        DiagHandlers handlers = DiagHandlers.ofThisHost();
        for (Family family : Family.all()) {
            DiagHandlers.Known known = handlers.known(family);
            if (known.state() != DiagHandlers.State.LOADED) {
                missing.learnNotLoaded(family, known);
            }
        }
    }

    private void enter(List<NamespaceTarget> targets, RecordingContext context)
            throws RecordingException, InterruptedException {
        boolean all = options.namespaces().contains("all");
        for (NamespaceTarget target : targets) {
            try {
                namespaces.add(new NamespaceRecorder(namespaces.size(), target, context));
            } catch (RecordingException e) {
                // With "all", one of the visible namespaces may be gone by now; one that was named must exist.
                if (!all) {
                    throw e;
                }
                listener.say("skipped: " + e.getMessage());
            }
        }
    }

    private RecordSummary loop() throws RecordingException, InterruptedException {
        cpuAtBegin = CpuTime.now();
        try {
            int snapshot = 0;
            ticks.begin();
            while (!namespaces.isEmpty()) {
                snapshot(snapshot++);
                endSnapshot(snapshot);
                reportUnrecorded();
                String refused = refusals.allRefused();
                if (refused != null) {
                    throw refused(refused);
                }
                if (isLast(snapshot) || waitForTick()) {
                    break;
                }
                rotateIfDue();
                dropDeletedNamespaces(snapshot);
            }
            for (NamespaceRecorder namespace : namespaces) {
                namespace.storeClosed(snapshot - 1);
            }
            noteStep(-1);
            CpuTime cpu = CpuTime.now().since(cpuAtBegin);
            spool.run(() -> files.finish(spool.written()));
            if (namespaces.isEmpty()) {
                throw new RecordingException(String.join("; ", gone) + "; " + whereRecorded());
            }
            return summary(cpu);
        } catch (IOException e) {
            files.abandon(e);
            throw new RecordingException(PartFiles.sentence(files.path(), e) + "; " + whereRecorded(), e);
        }
    }

    private void endSnapshot(int taken) throws IOException, InterruptedException {
        long[] bytes = new long[1];
        spool.run(() -> {
            files.snapshotEnded();
            bytes[0] = files.bytes();
        });
        totals = new RecordedSoFar(taken, tally.takeSockets(), bytes[0], ticks.allMissed(), ticks.lateNs(),
                tally.unfinished(), ticks.sinceBeginNs(), first, last);
        listener.took(totals);
        heap.rest();
    }

    /** Reports once, after the first snapshot, which network namespaces are not recorded. */
    private void reportUnrecorded() {
        HostNamespaces host = processes.namespaces();
        if (host != null && !unrecordedReported) {
            unrecordedReported = true;
            Set<Long> recorded = namespaces.stream().map(NamespaceRecorder::inode).collect(Collectors.toSet());
            String sentence = UnrecordedNamespaces.sentence(host, recorded, options.namespaces().contains("all"));
            if (sentence != null) {
                listener.say(sentence);
            }
        }
    }

    private String whereRecorded() {
        try {
            return files.whereRecorded(spool.written());
        } catch (IOException e) {
            return "it is unknown whether the earlier snapshots can be read (" + e.getMessage() + ")";
        }
    }

    private RecordingException refused(String how) throws IOException, InterruptedException {
        spool.run(() -> files.finish(spool.written()));
        return new RecordingException("the kernel refused every dump (" + how
                + "); seccomp or a security module may forbid sock_diag here; " + files.path()
                + " has no sockets of this snapshot");
    }

    /** Drops namespaces that nothing but this recorder keeps alive, so that the kernel can free them. */
    private void dropDeletedNamespaces(int snapshot) throws InterruptedException {
        for (NamespaceRecorder namespace : List.copyOf(namespaces)) {
            if (namespace.isGone()) {
                namespace.storeClosed(snapshot - 1);
                namespace.close();
                namespaces.remove(namespace);
                String text = namespace.target().description() + " was deleted before snapshot " + snapshot;
                spool.put(new RecorderNote(
                        -1, -1, RecorderNote.Kind.NAMESPACE_GONE, namespace.netns(), HostClock.now(), text));
                listener.say(text);
                if (!options.namespaces().contains("all")) {
                    gone.add(text);
                }
            }
        }
    }

    /** @param taken number of snapshots taken so far */
    private boolean isLast(int taken) {
        boolean enough = options.count() > 0 && taken >= options.count();
        return enough || (options.duration() != null && ticks.nextSinceBeginNs() > options.duration().toNanos());
    }

    /** Waits for the next tick; returns true when the recording is to end. */
    private boolean waitForTick() throws InterruptedException {
        return stop.await(ticks.untilNextNs());
    }

    private void rotateIfDue() throws IOException, InterruptedException {
        firstOfFile = false;
        if (options.rotation() != null) {
            int partsBefore = files.parts();
            spool.run(() -> files.rotateIfDue(spool.written()));
            firstOfFile = files.parts() != partsBefore;
        }
    }

    private void snapshot(int snapshot) throws IOException, InterruptedException {
        HostClock.synchronize();
        last = HostClock.now();
        first = first.isKnown() ? first : last;
        spool.put(new SnapshotBegin(snapshot, last));
        noteStep(snapshot);
        long missed = ticks.take();
        if (missed > 0) {
            spool.put(new RecorderNote(
                    snapshot, -1, RecorderNote.Kind.MISSED_TICKS, missed, HostClock.now(),
                    "the previous snapshot took longer than the interval"));
        }
        modules.before(spool, snapshot, firstOfFile);
        List<Future<Integer>> parts = new ArrayList<>();
        for (NamespaceRecorder namespace : namespaces) {
            parts.add(namespace.begin(snapshot));
        }
        int dumps = 0;
        for (Future<Integer> part : parts) {
            dumps += join(part);
        }
        modules.after(spool, snapshot, firstOfFile);
        processes.record(snapshot, firstOfFile, isLast(snapshot + 1), stop.isRequested());
        noteStep(snapshot);
        spool.put(new SnapshotEnd(snapshot, dumps, HostClock.now()));
    }

    /** @param snapshot number of the open snapshot, -1 for none */
    private void noteStep(int snapshot) throws InterruptedException {
        RecorderNote step = steps.look(snapshot);
        if (step != null) {
            spool.put(step);
        }
    }

    private static int join(Future<Integer> part) throws InterruptedException {
        try {
            return part.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a snapshot of a namespace failed", e.getCause());
        }
    }

    private RecordSummary summary(CpuTime cpu) throws IOException {
        List<ClosedParts.Part> there = files.there();
        Spool.Written left =
                there.stream().map(ClosedParts.Part::written).reduce(Spool.Written.NOTHING, Spool.Written::plus);
        return new RecordSummary(
                there.isEmpty() ? files.path() : there.getLast().path(), there.size(), files.parts() - there.size(),
                left.snapshots(), spool.written().snapshots() - left.snapshots(), left.sockets(), left.bytes(),
                there.stream().mapToLong(ClosedParts.Part::bytes).sum(), left.masked(), totals, missing.ids(),
                List.copyOf(gone), cpu.userNs(), cpu.kernelNs());
    }

    private void closeThreads() {
        namespaces.forEach(NamespaceRecorder::close);
        spool.close();
    }

    @Override
    public void close() {
        closeThreads();
    }
}
