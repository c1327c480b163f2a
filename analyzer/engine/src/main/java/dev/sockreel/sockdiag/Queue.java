package dev.sockreel.sockdiag;

/**
 * The meaning of a socket's receive or send queue number. The kernel uses one field for many quantities; here each is a
 * type of its own, so that connections cannot be compared with bytes, nor memory with payload.
 */
public sealed interface Queue {
    /** unix stream and seqpacket, receive: payload not read yet. */
    record UnreadBytes(long bytes) implements Queue {}

    /** tcp connections: sequence space, in which SYN and FIN count one each. */
    record SequenceBytes(long bytes) implements Queue {}

    /** Listeners, receive: established, waiting for accept(). */
    record PendingConnections(long connections) implements Queue {}

    /** Listeners, send: how many may be pending. */
    record BacklogLimit(long connections) implements Queue {}

    /** unix datagram, receive: payload of the first datagram alone; 0 is an empty queue or an empty datagram. */
    record FirstDatagramBytes(long bytes) implements Queue {}

    /** Memory charged (skb truesize), not payload. */
    record MemoryBytes(long bytes) implements Queue {}

    /** TIME-WAIT and SYN-RECV: the kernel fills in a zero that it did not measure. */
    record NotMeasured() implements Queue {}

    /** This kind of socket has no such queue. */
    record None() implements Queue {}

    /** A number that exists, but is not in the capture. */
    record NotKnown(Meaning meaning, Unknown why) implements Queue {}

    // only ever initialized through Queue: nothing else makes these two
    @SuppressWarnings("ClassInitializationDeadlock")
    Queue NOT_MEASURED = new NotMeasured();
    @SuppressWarnings("ClassInitializationDeadlock")
    Queue NONE = new None();

    /** The names of the JSON output. */
    enum Meaning {
        UNREAD_BYTES("unread-bytes"), SEQUENCE_BYTES("sequence-bytes"), PENDING_CONNECTIONS(
                "pending-connections"), BACKLOG_LIMIT("backlog-limit"), FIRST_DATAGRAM_BYTES(
                        "first-datagram-bytes"), MEMORY_BYTES(
                                "memory-bytes"), NOT_MEASURED("not-measured"), NONE("none");

        private final String id;

        Meaning(String id) {
            this.id = id;
        }

        public String id() {
            return id;
        }
    }

    default Meaning meaning() {
        return switch (this) {
            case UnreadBytes q -> Meaning.UNREAD_BYTES;
            case SequenceBytes q -> Meaning.SEQUENCE_BYTES;
            case PendingConnections q -> Meaning.PENDING_CONNECTIONS;
            case BacklogLimit q -> Meaning.BACKLOG_LIMIT;
            case FirstDatagramBytes q -> Meaning.FIRST_DATAGRAM_BYTES;
            case MemoryBytes q -> Meaning.MEMORY_BYTES;
            case NotMeasured q -> Meaning.NOT_MEASURED;
            case None q -> Meaning.NONE;
            case NotKnown q -> q.meaning();
        };
    }

    /** Returns the kernel's number whatever it means, -1 when there is none: for printing alone. */
    default long kernelNumber() {
        return switch (this) {
            case UnreadBytes q -> q.bytes();
            case SequenceBytes q -> q.bytes();
            case PendingConnections q -> q.connections();
            case BacklogLimit q -> q.connections();
            case FirstDatagramBytes q -> q.bytes();
            case MemoryBytes q -> q.bytes();
            case NotMeasured q -> -1;
            case None q -> -1;
            case NotKnown q -> -1;
        };
    }
}
