package dev.sockreel.snapshot;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A socket that is known only from the text of /proc/net. */
record ProcRow(Snapshot snapshotOf, ProcFile file, Socket socket) implements SocketRow {
    @Override
    public int snapshot() {
        return snapshotOf.index();
    }

    @Override
    public ReceiveTime time() {
        return file.time();
    }

    @Override
    public long netns() {
        return snapshotOf.netnsInode(file.netns());
    }

    @Override
    public @Nullable String netnsName() {
        return snapshotOf.netnsName(file.netns());
    }

    @Override
    public @Nullable SocketIdentity identity() {
        return SocketIdentity.of(snapshotOf, file.netns(), socket);
    }

    @Override
    public @Nullable String interfaceName() {
        return socket.ifindex() > 0 ? snapshotOf.interfaceName(file.netns(), socket.ifindex()) : null;
    }

    @Override
    public @Nullable SocketAddress peer() {
        return socket.peer();
    }

    @Override
    public boolean isRecorders() {
        return snapshotOf.isRecorders(file.netns(), socket);
    }

    @Override
    public @Nullable List<Owner> owners() {
        return snapshotOf.ownersOf(socket.inode());
    }

    @Override
    public @Nullable List<Owner> peerOwners() {
        return null;
    }

    @Override
    public @Nullable Set<Long> pendingClients() {
        return null;
    }

    @Override
    public Map<String, Unknown> unknown() {
        return gaps().and(socket.unknown());
    }

    private RowGaps gaps() {
        return new RowGaps(owners() == null ? snapshotOf.owners().whyUnknown(socket.inode(), this) : null, null, null);
    }

    @Override
    public <E extends Exception> void attributes(ValueSink<E> out) throws E {
        socket.attributes(out);
    }

    @Override
    public SocketRow hold() {
        return new HeldRow(
                snapshot(), time(), netns(), netnsName(), identity(), socket.hold(), interfaceName(), peer(),
                isRecorders(), owners(),
                null,
                List.of(),
                gaps());
    }
}
