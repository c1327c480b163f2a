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

/** A socket in its snapshot, with the values that other rows and the owner scan add to it. */
public interface SocketRow {
    /** Returns the snapshot's index, from 0. */
    int snapshot();

    /** Returns the receive time of its datagram. */
    ReceiveTime time();

    /** Returns the inode of its network namespace, 0 when not known. */
    long netns();

    /** Returns the name of its network namespace under /run/netns, or its path; null when it has none. */
    @Nullable
    String netnsName();

    Socket socket();

    /**
     * Returns the identity by which other snapshots list the same socket; null when nothing distinguishes it from
     * others.
     */
    @Nullable
    SocketIdentity identity();

    /** Returns the name of the device it is bound to; null for none, or where the capture has no names. */
    @Nullable
    String interfaceName();

    /** Returns the peer's address, or the name of a unix peer; null when there is no peer or it has no name. */
    @Nullable
    SocketAddress peer();

    /** Returns true if the recorder opened it to ask the kernel; false also where the capture does not tell. */
    boolean isRecorders();

    /** Returns the processes that hold it: null when not recorded, empty when nobody does. */
    @Nullable
    List<Owner> owners();

    /** Returns the name of the first process that holds it; null when there is none or it was not recorded. */
    default @Nullable String comm() {
        List<Owner> owners = owners();
        return owners == null || owners.isEmpty() ? null : owners.getFirst().comm();
    }

    /** Returns the owners of a unix socket's peer; null when there is no peer, or they were not recorded. */
    @Nullable
    List<Owner> peerOwners();

    /** Returns the inodes of the clients in a unix listener's queue; null when no dump of the snapshot lists them. */
    @Nullable
    Set<Long> pendingClients();

    /**
     * Returns for each null field of the JSON output why it is null, including fields that depend on the whole
     * snapshot.
     */
    Map<String, Unknown> unknown();

    /** All attributes as one object, united over the dumps of the snapshot that list the socket. */
    <E extends Exception> void attributes(ValueSink<E> out) throws E;

    /** Returns a row that remains valid after the walk and holds nothing of its snapshot. */
    SocketRow hold();
}
