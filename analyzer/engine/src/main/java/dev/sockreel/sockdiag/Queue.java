package dev.sockreel.sockdiag;

/**
 * The meaning of a socket's receive or send queue number. The kernel uses one field for many quantities; here each has
 * its own type, so that connections cannot be compared with bytes, nor memory with payload.
 */
public sealed interface Queue {
    /** Payload not read yet: receive queue of unix stream and seqpacket. */
    record UnreadBytes(long bytes) implements Queue {
        @Override
        public Meaning meaning() {
            return Meaning.UNREAD_BYTES;
        }

        @Override
        public long kernelNumber() {
            return bytes;
        }
    }

    /** Sequence space, in which SYN and FIN count one each: both queues of tcp connections. */
    record SequenceBytes(long bytes) implements Queue {
        @Override
        public Meaning meaning() {
            return Meaning.SEQUENCE_BYTES;
        }

        @Override
        public long kernelNumber() {
            return bytes;
        }
    }

    /** Established connections that wait for accept(): receive queue of listeners. */
    record PendingConnections(long connections) implements Queue {
        @Override
        public Meaning meaning() {
            return Meaning.PENDING_CONNECTIONS;
        }

        @Override
        public long kernelNumber() {
            return connections;
        }
    }

    /** The limit of pending connections: send queue of listeners. */
    record BacklogLimit(long connections) implements Queue {
        @Override
        public Meaning meaning() {
            return Meaning.BACKLOG_LIMIT;
        }

        @Override
        public long kernelNumber() {
            return connections;
        }
    }

    /** Payload of the first datagram only: receive queue of unix datagram. 0 is an empty queue or an empty datagram. */
    record FirstDatagramBytes(long bytes) implements Queue {
        @Override
        public Meaning meaning() {
            return Meaning.FIRST_DATAGRAM_BYTES;
        }

        @Override
        public long kernelNumber() {
            return bytes;
        }
    }

    /** Memory charged (skb truesize), not payload. */
    record MemoryBytes(long bytes) implements Queue {
        @Override
        public Meaning meaning() {
            return Meaning.MEMORY_BYTES;
        }

        @Override
        public long kernelNumber() {
            return bytes;
        }
    }

    /** No measured value: the kernel reports zero for TIME-WAIT and SYN-RECV. */
    record NotMeasured() implements Queue {
        @Override
        public Meaning meaning() {
            return Meaning.NOT_MEASURED;
        }

        @Override
        public long kernelNumber() {
            return -1;
        }
    }

    /** This kind of socket has no such queue. */
    record None() implements Queue {
        @Override
        public Meaning meaning() {
            return Meaning.NONE;
        }

        @Override
        public long kernelNumber() {
            return -1;
        }
    }

    /** The number exists, but it is not in the capture. */
    record NotKnown(Meaning meaning, Unknown why) implements Queue {
        @Override
        public long kernelNumber() {
            return -1;
        }
    }

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

    Meaning meaning();

    /** Returns the kernel's number, whatever it means, for printing only; -1 when there is none. */
    long kernelNumber();
}
