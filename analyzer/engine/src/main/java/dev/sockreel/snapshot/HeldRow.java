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

/**
 * A row that is independent of its snapshot, with all values looked up.
 *
 * @param others the same socket in other dumps of the snapshot
 */
public record HeldRow(
        int snapshot,
        ReceiveTime time,
        long netns,
        @Nullable String netnsName,
        @Nullable SocketIdentity identity,
        Socket socket,
        @Nullable String interfaceName,
        @Nullable SocketAddress peer,
        boolean isRecorders,
        @Nullable List<Owner> owners,
        @Nullable List<Owner> peerOwners,
        List<Socket> others,
        RowGaps gaps) implements SocketRow {

    /** Returns the row with what is short about its owners. */
    public HeldRow lean() {
        return new HeldRow(snapshot, time, netns, netnsName, identity, socket, interfaceName, peer,
                isRecorders, Owner.lean(owners), Owner.lean(peerOwners), others, gaps);
    }

    @Override
    public @Nullable Set<Long> pendingClients() {
        return UnitedAttributes.pendingClients(socket, others);
    }

    @Override
    public Map<String, Unknown> unknown() {
        return gaps.and(socket.unknown());
    }

    @Override
    public <E extends Exception> void attributes(ValueSink<E> out) throws E {
        UnitedAttributes.write(socket, others, out);
    }

    @Override
    public SocketRow hold() {
        return this;
    }
}
