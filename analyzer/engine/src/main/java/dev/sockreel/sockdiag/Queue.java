package dev.sockreel.sockdiag;

/**
 * The meaning of a socket's receive or send queue number. The kernel uses one field for many quantities; here each has
 * its own type, so that connections cannot be compared with bytes, nor memory with payload.
 */
public sealed interface Queue {
    /** Payload not read yet: receive queue of unix stream and seqpacket. */
    record UnreadBytes(long bytes) implements Queue {}

    /** Sequence space, in which SYN and FIN count one each: both queues of tcp connections. */
    record SequenceBytes(long bytes) implements Queue {}

    /** Established connections that wait for accept(): receive queue of listeners. */
    record PendingConnections(long connections) implements Queue {}

    /** The limit of pending connections: send queue of listeners. */
    record BacklogLimit(long connections) implements Queue {}

    /** Payload of the first datagram only: receive queue of unix datagram. 0 is an empty queue or an empty datagram. */
    record FirstDatagramBytes(long bytes) implements Queue {}

    /** Memory charged (skb truesize), not payload. */
    record MemoryBytes(long bytes) implements Queue {}

    /** No measured value: the kernel reports zero for TIME-WAIT and SYN-RECV. */
    record NotMeasured() implements Queue {}

    /** This kind of socket has no such queue. */
    record None() implements Queue {}

    /** The number exists, but it is not in the capture. */
    record NotKnown(Meaning meaning, Unknown why) implements Queue {}

    // only ever initialized through Queue: nothing else makes these two
    @SuppressWarnings("ClassInitializationDeadlock")
    Queue NOT_MEASURED = new NotMeasured();
    @SuppressWarnings("ClassInitializationDeadlock")
    Queue NONE = new None();

    /** The meanings under their names in the JSON output. */
    enum Meaning {
        UNREAD_BYTES("unread-bytes"),
        SEQUENCE_BYTES("sequence-bytes"),
        PENDING_CONNECTIONS("pending-connections"),
        BACKLOG_LIMIT("backlog-limit"),
        FIRST_DATAGRAM_BYTES("first-datagram-bytes"),
        MEMORY_BYTES("memory-bytes"),
        NOT_MEASURED("not-measured"),
        NONE("none");

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

    /** Returns the kernel's number, whatever it means, for printing only; -1 when there is none. */
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
