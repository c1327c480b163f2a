package dev.sockreel.snapshot;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.SocketCursor;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The current row of a walk: it looks values up on demand and moves with its cursor. */
final class WalkedRow implements SocketRow {
    private final Snapshot snapshot;
    private final UnixNames names;
    private final Dump dump;
    private final SocketCursor cursor;
    private final @Nullable String netnsName;
    private List<Socket> others = List.of();
    /** The owners that were asked for last, as several fields ask for them. */
    private long ownersInode;
    private @Nullable List<Owner> ownersOfInode;

    WalkedRow(Snapshot snapshot, UnixNames names, Dump dump, SocketCursor cursor) {
        this.snapshot = snapshot;
        this.names = names;
        this.dump = dump;
        this.cursor = cursor;
        this.netnsName = snapshot.netnsName(dump.begin().netns());
    }

    void others(List<Socket> others) {
        this.others = others;
    }

    @Override
    public int snapshot() {
        return snapshot.index();
    }

    @Override
    public ReceiveTime time() {
        return cursor.time();
    }

    @Override
    public long netns() {
        return snapshot.netnsInode(dump.begin().netns());
    }

    @Override
    public @Nullable String netnsName() {
        return netnsName;
    }

    @Override
    public Socket socket() {
        return cursor.socket();
    }

    @Override
    public @Nullable SocketIdentity identity() {
        return SocketIdentity.of(snapshot, dump.begin().netns(), socket());
    }

    @Override
    public @Nullable String interfaceName() {
        int ifindex = socket().ifindex();
        return ifindex > 0 ? snapshot.interfaceName(dump.begin().netns(), ifindex) : null;
    }

    @Override
    public @Nullable SocketAddress peer() {
        Socket socket = socket();
        if (socket.family() != Family.AF_UNIX) {
            return socket.peer();
        }
        return socket.peerInode() > 0 ? names.of(dump.begin().netns(), socket.peerInode()) : null;
    }

    @Override
    public boolean isRecorders() {
        return snapshot.isRecorders(dump.begin().netns(), socket());
    }

    @Override
    public @Nullable List<Owner> owners() {
        long inode = socket().inode();
        if (inode <= 0) {
            return snapshot.ownersOf(inode);
        }
        if (ownersInode != inode) {
            ownersOfInode = snapshot.ownersOf(inode);
            ownersInode = inode;
        }
        return ownersOfInode;
    }

    @Override
    public @Nullable List<Owner> peerOwners() {
        long inode = socket().peerInode();
        return inode > 0 ? snapshot.owners().of(inode, snapshot.index()) : null;
    }

    @Override
    public @Nullable Set<Long> pendingClients() {
        return UnitedAttributes.pendingClients(socket(), others);
    }

    @Override
    public Map<String, Unknown> unknown() {
        return gaps().and(socket().unknown());
    }

    private RowGaps gaps() {
        long peer = socket().peerInode();
        return new RowGaps(
                owners() == null ? snapshot.owners().whyUnknown(socket().inode(), this) : null,
                peer > 0 && peerOwners() == null ? snapshot.owners().whyUnknown(peer, this) : null,
                peer > 0 && !names.isListed(dump.begin().netns(), peer) ? whyNotListed() : null);
    }

    private Unknown whyNotListed() {
        return dump.isComplete() ? Unknown.ATTRIBUTE_ABSENT : Unknown.CUT_OFF;
    }

    @Override
    public <E extends Exception> void attributes(ValueSink<E> out) throws E {
        UnitedAttributes.write(socket(), others, out);
    }

    @Override
    public SocketRow hold() {
        return new HeldRow(snapshot(), time(), netns(), netnsName(), identity(), socket().hold(), interfaceName(),
                peer(), isRecorders(), owners(),
                peerOwners(),
                others.stream().map(Socket::hold).toList(), gaps());
    }
}
