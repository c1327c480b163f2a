package dev.sockreel.series;

import dev.sockreel.capture.record.Datagram;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The messages of one series (one request of one namespace) as of its last dump, in the kernel's order, in flat memory.
 * A dump is taken as datagrams, whose messages are matched with those of the dump before ({@link #matching}), or as
 * what is not predicted from it ({@link #applying}); both learn alike what grows by itself.
 *
 * <p>A state that threw an exception is of no use any more.
 */
public final class SeriesState {
    /** The longest message, bytes with padding; a datagram with a longer one is kept whole. */
    public static final int MAX_MESSAGE_BYTES = 1 << 16;

    static final int HEADER_BYTES = 16;

    final HostWords words;
    final Cookies cookies;
    final Budget budget;
    final Messages messages;
    final Structure structure;
    private final Matching matching;
    private final Applying applying;
    private final int cookieAt;
    private Datagrams datagrams = new Datagrams();
    private int seq;
    private int pid;

    /** Creates a state without messages that may take any amount of memory. */
    public SeriesState(int cookieAt, ByteOrder order) {
        this(cookieAt, order, Long.MAX_VALUE);
    }

    /**
     * Creates a state without messages.
     *
     * @param cookieAt   offset of the cookie from a message's begin, of {@link Cookies}; {@link Cookies#NONE} for none
     * @param order      the host's byte order
     * @param limitBytes memory that it may take, about
     */
    public SeriesState(int cookieAt, ByteOrder order, long limitBytes) {
        this.cookieAt = cookieAt;
        words = new HostWords(order);
        cookies = new Cookies(cookieAt);
        budget = new Budget(limitBytes);
        messages = new Messages(new Chunks(budget), new Profiles(budget), new Rows(budget));
        structure = new Structure(messages, budget);
        matching = new Matching(this);
        applying = new Applying(this);
    }

    /** Returns the number of messages of the last dump; NLMSG_DONE is one. */
    public int size() {
        return messages.size();
    }

    /** Returns the memory it takes, about. */
    public long bytes() {
        return budget.taken();
    }

    /** Counts memory of others that serves this series against its limit. */
    public void take(long bytes) throws SeriesTooLargeException {
        budget.take(bytes);
    }

    /** Returns the offset of the cookie from a message's begin; {@link Cookies#NONE} for none. */
    public int cookieAt() {
        return cookieAt;
    }

    public HostWords words() {
        return words;
    }

    /** Returns the last dump as it will stay. Its messages are shared, about 25 bytes each are copied. */
    public SeriesView view() {
        return new SeriesView(messages.snapshot(), this);
    }

    /** Takes a whole dump. */
    public SeriesChanges match(List<Datagram> dump) throws SeriesTooLargeException {
        matching.start();
        for (Datagram datagram : dump) {
            if (matching.begin(datagram)) {
                while (matching.hasNext()) {
                    matching.next();
                }
            }
        }
        return matching.end();
    }

    /** Returns the way to take a dump message by message. */
    public Matching matching() {
        return matching;
    }

    /** Returns the way to take what is not predicted. */
    public Applying applying() {
        return applying;
    }

    /** Returns the last dump's datagrams. */
    public Datagrams datagrams() {
        return datagrams;
    }

    /** Returns nlmsg_seq of the last dump's messages. */
    public int seq() {
        return seq;
    }

    /** Returns nlmsg_pid of the last dump's messages. */
    public int pid() {
        return pid;
    }

    SeriesChanges end(int dumpSeq, int dumpPid) throws SeriesTooLargeException {
        SeriesChanges changes = structure.end();
        messages.compact();
        seq = dumpSeq;
        pid = dumpPid;
        return changes;
    }

    /** Sets the last dump's datagrams; they hold all its messages. */
    public void received(Datagrams dump) {
        datagrams = dump;
    }

    /** Returns the length of a message of the last dump, with padding. */
    public int messageBytes(int position) {
        return messages.bytes(position);
    }

    /** Returns nlmsg_type of a message of the last dump. */
    public int type(int position) {
        return words.get16(messages.chunk(position), messages.at(position) + 4);
    }
}
