package dev.sockreel.peers;

import org.jspecify.annotations.Nullable;

/**
 * The connections of one snapshot between two processes through one address.
 *
 * @param netns         inode of the network namespace of the server's end, or of the listed one; 0 unknown
 * @param netnsName     its name; null for none
 * @param netid         ss's name of the kind
 * @param client        the side that connected
 * @param clientAddress address of a client that is not listed, without its port; null else
 * @param server        the side that was connected to; of two ends without a listener the one with the lower port, or
 *                      the one with a name
 * @param serverAddress its address or name; null for a unix socket without a name
 * @param connections   number of connections; each counts once, whether one end or both are listed
 * @param notAccepted   number of these that no process has accepted
 * @param toServer      bytes that wait on their way to the server: not sent or acked, or not read; null where the
 *                      kernel counts none
 * @param toClient      the same on the way to the client
 */
public record ProcessPair(
        long netns,
        @Nullable String netnsName,
        String netid,
        Party client,
        @Nullable String clientAddress,
        Party server,
        @Nullable String serverAddress,
        int connections,
        int notAccepted,
        @Nullable Long toServer,
        @Nullable Long toClient) {

    /** Returns the bytes that wait both ways, 0 where none are counted. */
    public long waiting() {
        return (toServer == null ? 0 : toServer) + (toClient == null ? 0 : toClient);
    }
}
