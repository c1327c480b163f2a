package dev.sockreel.snapshot;

import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A socket in its snapshot: with what other rows and the owners' scan add to it. */
public interface SocketRow {
    /** Index of the snapshot, from 0. */
    int snapshot();

    /** When its datagram was received. */
    ReceiveTime time();

    /** Inode of its network namespace, 0 when not known. */
    long netns();

    Socket socket();

    /** By which it is found again in other snapshots; null when nothing tells it from others like it. */
    @Nullable
    SocketIdentity identity();

    /** Of the device it is bound to; null for none, or where the capture has no names. */
    @Nullable
    String interfaceName();

    /** Address, or name of a unix socket's peer; null when there is none or it has no name. */
    @Nullable
    String peer();

    /** Null: not recorded. Empty: nobody holds it. */
    @Nullable
    List<Owner> owners();

    /** Of a unix socket's peer; null when there is none, or not recorded. */
    @Nullable
    List<Owner> peerOwners();

    /** Of a unix listener: inodes of the clients that wait in its queue; null when no dump of the snapshot lists them. */
    @Nullable
    Set<Long> pendingClients();

    /** Field of the JSON output → why it is null, those of the whole snapshot among them. */
    Map<String, Unknown> unknown();

    /** All attributes as one object, united over the dumps of the snapshot that list the socket. */
    <E extends Exception> void attributes(ValueSink<E> out) throws E;

    /** A row that outlives the walk and holds nothing of its snapshot. */
    SocketRow hold();
}
