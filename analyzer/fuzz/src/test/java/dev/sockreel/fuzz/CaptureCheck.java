package dev.sockreel.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.address.AddressText;
import dev.sockreel.counter.HostCounters;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.failure.NotACaptureException;
import dev.sockreel.process.ProcessFacts;
import dev.sockreel.process.ThreadWait;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.ClosedSocket;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks that hold for any file on the whole way from a capture's bytes to its rows. */
public final class CaptureCheck {
    /** Reads a file and returns the number of snapshots visited; -1 when it is no capture. */
    public static int read(Path file, Consumer<Snapshot> visitor) throws IOException {
        int snapshots = 0;
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            for (Snapshot s = reader.next(); s != null; s = reader.next()) {
                snapshots++;
                check(s);
                visitor.accept(s);
            }
            return snapshots;
        } catch (NotACaptureException e) {
            return -1;
        }
    }

    /** Reads a capture that an import has just written and that must be whole. */
    public static void readWhole(Path file) throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            for (Snapshot s = reader.next(); s != null; s = reader.next()) {
                assertTrue(s.isFinished() && !s.damaged(), () -> "snapshot in " + file);
                check(s);
            }
            assertTrue(reader.capture().isWhole(), () -> reader.capture().damages().toString());
        }
    }

    private static void check(Snapshot snapshot) {
        int listed = 0;
        for (Dump dump : snapshot.dumps()) {
            CompleteDump.check(dump);
            SocketCursor cursor = dump.cursor();
            while (cursor.next()) {
                OneLine.check(cursor.socket().toString());
            }
            listed += dump.sockets();
        }
        int[] rows = {0, 0};
        new SnapshotSockets(snapshot).forEach(row -> {
            rows["proc".equals(row.socket().source()) ? 1 : 0]++;
            row(row);
        });
        for (ClosedSocket closed : snapshot.closedSockets()) {
            SocketCheck.describe(closed.socket());
            assertTrue(closed.discarded() >= Socket.UNKNOWN, () -> "discarded " + closed.discarded());
        }
        snapshot.namespaces().keySet().forEach(netns -> HostCounters.of(snapshot, netns));
        assertTrue(rows[0] <= listed, "more rows than sockets in the dumps");
        assertTrue(rows[1] == 0 || !snapshot.procFiles().isEmpty(), "rows of /proc without a text of it");
    }

    private static void row(SocketRow row) {
        SocketRow held = row.hold();
        assertEquals(SocketCheck.read(row.socket()), SocketCheck.read(held.socket()));
        assertEquals(attributes(row), attributes(held));
        assertEquals(String.valueOf(row.identity()), String.valueOf(held.identity()));
        assertEquals(row.peer(), held.peer());
        assertEquals(row.pendingClients(), held.pendingClients());
        assertEquals(row.interfaceName(), held.interfaceName());
        assertEquals(row.netnsName(), held.netnsName());
        OneLine.check(row.netnsName());
        OneLine.check(AddressText.orNull(row.peer()));
        owners(row.owners());
        owners(row.peerOwners());
        assertFalse(row.socket().inode() == 0 && row.owners() != null && !row.owners().isEmpty(), "owners of no inode");
    }

    private static String attributes(SocketRow row) {
        CheckedSink sink = new CheckedSink();
        row.attributes(sink);
        return sink.text();
    }

    private static void owners(@Nullable List<Owner> owners) {
        if (owners == null) {
            return;
        }
        for (Owner owner : owners) {
            OneLine.check(owner.comm());
            ProcessFacts facts = owner.process().facts();
            OneLine.check(facts.cmdline().text());
            OneLine.check(facts.cgroup().path());
            for (ThreadWait thread : Objects.requireNonNullElse(owner.process().threads(), List.<ThreadWait>of())) {
                OneLine.check(thread.syscall());
                OneLine.check(thread.wchan());
            }
            String state = owner.state();
            assertTrue(state == null || (state.length() == 1 && Character.isLetter(state.charAt(0))),
                    () -> "state " + state);
        }
    }

    private CaptureCheck() {}
}
