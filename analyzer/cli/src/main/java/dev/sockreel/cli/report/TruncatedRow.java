package dev.sockreel.cli.report;

import dev.sockreel.address.SocketAddress;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.snapshot.Owner;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A row cut to what the page has room for: the first owners, with or without attributes.
 *
 * @param withAttributes false writes an empty object instead of the attributes
 */
record TruncatedRow(SocketRow row, boolean withAttributes) implements SocketRow {
    static final int MAX_OWNERS = 20;

    /** Returns the number of owners that are left out. */
    int ownersLeftOut() {
        List<Owner> all = row.owners();
        return all == null ? 0 : Math.max(0, all.size() - MAX_OWNERS);
    }

    private static @Nullable List<Owner> first(@Nullable List<Owner> owners) {
        return owners == null ? null : owners.subList(0, Math.min(MAX_OWNERS, owners.size()));
    }

    @Override
    public @Nullable List<Owner> owners() {
        return first(row.owners());
    }

    @Override
    public @Nullable List<Owner> peerOwners() {
        return first(row.peerOwners());
    }

    @Override
    public <E extends Exception> void attributes(ValueSink<E> out) throws E {
        if (withAttributes) {
            row.attributes(out);
        } else {
            out.beginObject();
            out.endObject();
        }
    }

    @Override
    public int snapshot() {
        return row.snapshot();
    }

    @Override
    public ReceiveTime time() {
        return row.time();
    }

    @Override
    public long netns() {
        return row.netns();
    }

    @Override
    public @Nullable String netnsName() {
        return row.netnsName();
    }

    @Override
    public Socket socket() {
        return row.socket();
    }

    @Override
    public @Nullable SocketIdentity identity() {
        return row.identity();
    }

    @Override
    public @Nullable String interfaceName() {
        return row.interfaceName();
    }

    @Override
    public @Nullable SocketAddress peer() {
        return row.peer();
    }

    @Override
    public boolean isRecorders() {
        return row.isRecorders();
    }

    @Override
    public @Nullable Set<Long> pendingClients() {
        return row.pendingClients();
    }

    @Override
    public Map<String, Unknown> unknown() {
        return row.unknown();
    }

    @Override
    public SocketRow hold() {
        return new TruncatedRow(row.hold(), withAttributes);
    }
}
