package dev.sockreel.track;

import dev.sockreel.snapshot.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system calls on a socket's descriptor that threads of its owners were in when a snapshot was taken.
 *
 * @param known    whether the threads of all owners were recorded
 * @param sending  a thread was in a call that sends
 * @param reading  a thread was in a call that receives
 * @param dialing  a thread was in connect
 * @param polling  a thread of an owner waited for events of descriptors that the call does not name
 */
public record SocketCalls(boolean known, boolean sending, boolean reading, boolean dialing, boolean polling) {
    static final SocketCalls UNKNOWN = new SocketCalls(false, false, false, false, false);

    /** @param owners null: not recorded */
    static SocketCalls of(@Nullable List<Owner> owners) {
        return UNKNOWN;
    }
}
