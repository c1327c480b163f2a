package dev.sockreel.recorder.process;

import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.recorder.options.OwnersPolicy;
import dev.sockreel.recorder.options.RecordOptions;
import dev.sockreel.recorder.spool.InodeSet;
import dev.sockreel.recorder.spool.Spool;
import dev.sockreel.recorder.spool.UnknownInodes;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Records what /proc shows of processes, after a snapshot's dumps: who holds sockets, facts about these processes, what
 * their threads wait for, and which network namespaces there are. One instance per recording; not thread-safe.
 */
public final class ProcessRecorder {
    /** The age at which namespaces are listed again without a whole scan of owners. */
    private static final long NAMESPACES_AGE_NS = Duration.ofSeconds(30).toNanos();

    /** A scan that comes sooner takes at most one part in so many of the time since the last one began. */
    private static final int SCAN_SHARE = 20;

    private final RecordOptions options;
    private final Spool spool;
    private final UnknownInodes inodes;
    private final OwnerScan owners = new OwnerScan();
    private final ProcessFacts facts;
    private final ThreadScan threads;
    private final NamespaceCensus census = new NamespaceCensus();
    private @Nullable HostNamespaces namespaces;
    private long censusNs;
    /** The begin of the last whole scan, and how long it took. */
    private long scannedNs;
    private long lastScanNs;
    private boolean scanned;

    /** @param inodes what the spool notices of sockets whose owners were not looked for */
    public ProcessRecorder(RecordOptions options, Spool spool, UnknownInodes inodes) {
        this.options = options;
        this.spool = spool;
        this.inodes = inodes;
        this.facts = new ProcessFacts(options.cmdlines());
        this.threads = new ThreadScan(ThreadScan.budgetNs(options.interval()));
    }

    /**
     * Records the processes of a snapshot, after its dumps: only a scan later than a dump can show that nobody holds a
     * socket.
     *
     * @param firstOfFile whether the snapshot is the first of its file, which has to be readable alone
     * @param lastOfRecording whether it is the last one planned
     * @param stopping    whether the recording is to end: then nothing is scanned that was scanned before
     */
    public void record(int snapshot, boolean firstOfFile, boolean lastOfRecording, boolean stopping)
            throws IOException, InterruptedException {
        if (firstOfFile) {
            facts.beginFile();
        }
        boolean whole = isDue(firstOfFile, lastOfRecording) && !(scanned && stopping);
        if (whole) {
            scanOwners(snapshot);
        } else if (scanned) {
            owners.refresh(snapshot, spool::put);
        }
        for (Processes part : facts.describe(snapshot, owners.holders())) {
            spool.put(part);
        }
        if (firstOfFile || whole || System.nanoTime() - censusNs >= NAMESPACES_AGE_NS) {
            censusNs = System.nanoTime();
            namespaces = census.take(snapshot);
            spool.put(namespaces);
        }
        if (options.threads() && scanned && !stopping) {
            spool.put(threads.scan(snapshot, owners.holders()));
        }
    }

    private void scanOwners(int snapshot) throws IOException, InterruptedException {
        scannedNs = System.nanoTime();
        scanned = true;
        InodeSet found = new InodeSet();
        owners.whole(snapshot, spool::put, found);
        lastScanNs = System.nanoTime() - scannedNs;
        if (options.owners() instanceof OwnersPolicy.OlderThan) {
            spool.run(() -> inodes.scanned(found));
        }
    }

    /** Returns the namespaces as last listed, null before the first snapshot. */
    public @Nullable HostNamespaces namespaces() {
        return namespaces;
    }

    private boolean isDue(boolean firstOfFile, boolean lastOfRecording) throws IOException, InterruptedException {
        return switch (options.owners()) {
            case OwnersPolicy.Never never -> false;
            case OwnersPolicy.Each each -> true;
            case OwnersPolicy.First first -> firstOfFile;
            case OwnersPolicy.OlderThan older ->
                // at the end again: who held a socket at both ends, held it throughout
                firstOfFile || lastOfRecording || System.nanoTime() - scannedNs >= older.age().toNanos()
                        || isDueSooner();
        };
    }

    /** Returns whether the dumps show sockets that no scan has looked for, and the budget allows another scan. */
    private boolean isDueSooner() throws IOException, InterruptedException {
        if (System.nanoTime() - scannedNs < SCAN_SHARE * lastScanNs) {
            return false;
        }
        spool.run(() -> {}); // the writing thread has then seen all datagrams
        return inodes.areThere();
    }
}
