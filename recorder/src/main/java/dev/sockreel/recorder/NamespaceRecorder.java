package dev.sockreel.recorder;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.OwnSockets;
import dev.sockreel.capture.record.ProcText.When;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.PingText;
import dev.sockreel.recorder.host.DiagHandlers;
import dev.sockreel.recorder.host.NamespaceTarget;
import dev.sockreel.recorder.host.ProcFiles;
import dev.sockreel.recorder.kernel.HostClock;
import dev.sockreel.recorder.kernel.NetlinkSocket;
import dev.sockreel.recorder.kernel.SyscallException;
import dev.sockreel.recorder.kernel.Syscalls;
import dev.sockreel.recorder.options.FamilyChoice;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.recorder.spool.Spool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Records one network namespace on a platform thread of its own. The thread enters the namespace once and takes its
 * part of each snapshot. It starts no other threads, which would inherit the namespace; a virtual thread would move its
 * carrier, and with it others.
 */
final class NamespaceRecorder implements AutoCloseable {
    /** Files under /proc/net with socket counts, to check the dumps against. */
    private static final List<String> COUNTS = List.of("sockstat", "sockstat6");

    /**
     * Files under /proc/net with counters since the namespace began. They are compared from one snapshot to the next,
     * so that one reading each is enough.
     */
    private static final List<String> COUNTERS = List.of("netstat", "snmp", "snmp6", "softnet_stat");

    private static final Path OWN_NETNS = Path.of("/proc/thread-self/ns/net");
    private static final int MAX_INTERFACES = 65_536;
    private static final int IFNAMSIZ = 16;

    private final int netns;
    private final NamespaceTarget target;
    private final RecordingContext context;
    private final ExecutorService thread;
    private final ProcFiles proc = new ProcFiles();
    private final long inode;
    /** Receives announcements of closed sockets, null when they are not wanted. */
    private final @Nullable ClosedListener closed;
    /** The namespace file, null for the recorder's own namespace. */
    private @Nullable Path path;

    /** @throws RecordingException when the namespace cannot be entered */
    NamespaceRecorder(int netns, NamespaceTarget target, RecordingContext context)
            throws RecordingException, InterruptedException {
        this.netns = netns;
        this.target = target;
        this.context = context;
        this.thread = Executors.newSingleThreadExecutor(
                task -> Thread.ofPlatform().daemon().name("sockreel-netns-" + netns).unstarted(task));
        this.path = target.path();
        try {
            inode = thread.submit(() -> {
                target.enter();
                return NamespaceTarget.inode(OWN_NETNS);
            }).get();
        } catch (ExecutionException e) {
            thread.shutdownNow();
            if (e.getCause() instanceof RecordingException r) {
                throw r;
            }
            throw new IllegalStateException(e.getCause());
        }
        closed = context.options().closed() ? listen() : null;
    }

    private ClosedListener listen() throws RecordingException, InterruptedException {
        try {
            return new ClosedListener(netns, target, context.closedNumbers());
        } catch (RecordingException | RuntimeException e) {
            thread.shutdownNow();
            throw e;
        }
    }

    NamespaceTarget target() {
        return target;
    }

    int netns() {
        return netns;
    }

    /** The inode of the namespace. */
    long inode() {
        return inode;
    }

    /**
     * Returns whether nothing but this recorder keeps the namespace alive: its name is gone, and no process is in it.
     * (While this thread is in it, its inode is not reused.)
     */
    boolean isGone() {
        if (path != null && NamespaceTarget.inode(path) != inode) {
            path = NamespaceTarget.find(inode);
            return path == null;
        }
        return false;
    }

    /** Begins this namespace's part of a snapshot; the future returns the number of its dumps. */
    Future<Integer> begin(int snapshot) {
        return thread.submit(() -> {
            context.turns().acquire();
            try {
                return snapshot(snapshot);
            } finally {
                context.turns().release();
            }
        });
    }

    private int snapshot(int snapshot) throws InterruptedException {
        Spool spool = context.spool();
        spool.put(describe());
        byte[] protocols = counts(snapshot, When.BEFORE_DUMPS);
        List<Family> families = context.options().families().choose(
                protocols, name -> proc.readNet(name).bytes());
        DumpReceiver receiver = context.newReceiver();
        int dumps = 0;
        for (Family family : families) {
            dumps += record(receiver, family, snapshot) ? 1 : 0;
        }
        storeOwn(snapshot, receiver);
        counts(snapshot, When.AFTER_DUMPS);
        for (String name : COUNTERS) {
            proc.copyNet(spool, snapshot, netns, name, When.AFTER_DUMPS);
        }
        storeClosed(snapshot);
        return dumps;
    }

    /** Stores which sockets of this namespace are the recorder's own. */
    private void storeOwn(int snapshot, DumpReceiver receiver) throws InterruptedException {
        List<OwnSockets.Own> own = new ArrayList<>(receiver.opened());
        if (closed != null) {
            own.add(closed.own());
        }
        own.removeIf(o -> o.inode() == 0 && o.cookie() == 0);
        if (!own.isEmpty()) {
            context.spool().put(new OwnSockets(snapshot, netns, own));
        }
    }

    /** Stores what was announced of closed sockets since the last time, after the dumps, which do not wait for it. */
    void storeClosed(int snapshot) throws InterruptedException {
        if (closed != null) {
            closed.store(context.spool(), snapshot);
        }
    }

    /** Records one family; returns false when the stop left no dump in the file, not even a skipped one. */
    private boolean record(DumpReceiver receiver, Family family, int snapshot)
            throws InterruptedException {
        if (context.stop().isOverdue(DumpReceiver.STOP_GRACE_NS)) {
            context.spool().put(new RecorderNote(
                    snapshot, -1, RecorderNote.Kind.NOT_ASKED, 0, HostClock.now(),
                    family.id() + ": the recording was stopped"));
            return false;
        }
        MissingHandlers.Why why = context.missing().why(family);
        if (why != null) {
            receiver.skip(family, snapshot, netns, why);
        } else {
            DumpReceiver.Result result = receiver.dump(family, snapshot, netns);
            context.refusals().add(family, result);
            context.tally().add(family, result);
            if (!result.handlerMissing()) {
                return true;
            }
            context.missing().learnMissing(family, result);
            why = context.missing().why(family);
        }
        if (why != null) {
            context.spool().put(handler(snapshot, family, why.handler()));
        }
        if (family.text() != null) {
            proc.copyNet(context.spool(), snapshot, netns, family.text().name(), When.INSTEAD_OF_DUMP);
        }
        return true;
    }

    private static RecorderNote handler(int snapshot, Family family, DiagHandlers.Known known) {
        int value = switch (known.state()) {
            case LOADABLE -> RecorderNote.Kind.LOADABLE;
            case MISSING -> known.fixedKernel() ? RecorderNote.Kind.NOT_BUILT : RecorderNote.Kind.MISSING;
            // A loaded handler that did not answer is not understood either.
            case LOADED, UNKNOWN -> RecorderNote.Kind.NOT_KNOWN;
        };
        return new RecorderNote(
                snapshot, -1, RecorderNote.Kind.HANDLER, value, HostClock.now(),
                family.module().name() + ": " + known.evidence());
    }

    /** Records the counts of sockets; returns /proc/net/protocols, which lists the families in use. */
    private byte[] counts(int snapshot, When when) throws InterruptedException {
        for (String name : COUNTS) {
            proc.copyNet(context.spool(), snapshot, netns, name, when);
        }
        ProcFiles.Text protocols = proc.readNet("protocols");
        ProcFiles.put(context.spool(), snapshot, netns, "/proc/net/protocols", when, protocols);
        // There is no handler for ping sockets, so their text is all there is.
        if (FamilyChoice.sockets(protocols.bytes(), PingText.protocolsRows()) > 0) {
            for (PingText text : PingText.ALL) {
                proc.copyNet(context.spool(), snapshot, netns, text.name(), when);
            }
        }
        return protocols.bytes();
    }

    private NetworkNamespace describe() {
        long cookie = 0;
        try (NetlinkSocket socket = NetlinkSocket.open()) {
            cookie = socket.netnsCookie();
        } catch (SyscallException e) {
            // 0 means unknown; the dumps will report why.
            cookie = 0;
        }
        return new NetworkNamespace(
                netns, inode, cookie, target.name(), interfaces());
    }

    /** Lists interfaces by if_nameindex(3), which queries this thread's namespace; /sys/class/net shows its mount's. */
    private static List<NetworkNamespace.Interface> interfaces() {
        long array = Syscalls.ifNameindex();
        List<NetworkNamespace.Interface> out = new ArrayList<>();
        if (array < 0) {
            return out;
        }
        for (long at = array; out.size() < MAX_INTERFACES; at += 16) {
            int ifindex = Syscalls.MEMORY.get(JAVA_INT, at);
            long name = Syscalls.MEMORY.get(JAVA_LONG, at + 8);
            if (ifindex == 0 || name == 0) {
                break;
            }
            out.add(new NetworkNamespace.Interface(
                    ifindex, Syscalls.MEMORY.asSlice(name, IFNAMSIZ).getString(0)));
        }
        Syscalls.ifFreenameindex(array);
        return out;
    }

    @Override
    public void close() {
        if (closed != null) {
            closed.close();
        }
        thread.shutdown();
    }
}
