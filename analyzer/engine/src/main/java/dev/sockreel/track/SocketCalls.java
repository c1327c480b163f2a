package dev.sockreel.track;

import dev.sockreel.process.ThreadWait;
import dev.sockreel.snapshot.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The system calls on a socket's descriptor that threads of its owners were in when a snapshot was taken.
 *
 * @param known   whether the threads of all owners were recorded
 * @param sending a thread was in a call that sends
 * @param reading a thread was in a call that receives
 * @param dialing a thread was in connect
 * @param polling a thread of an owner waited for events of descriptors that its call does not name
 */
public record SocketCalls(boolean known, boolean sending, boolean reading, boolean dialing, boolean polling) {
    private static final SocketCalls UNKNOWN = new SocketCalls(false, false, false, false, false);

    /** @param owners null: not recorded */
    public static SocketCalls of(@Nullable List<Owner> owners) {
        if (owners == null || owners.isEmpty()) {
            return UNKNOWN;
        }
        boolean known = true;
        boolean sending = false;
        boolean reading = false;
        boolean dialing = false;
        boolean polling = false;
        for (Owner owner : owners) {
            List<ThreadWait> threads = owner.process().threads();
            known &= threads != null;
            for (ThreadWait t : threads == null ? List.<ThreadWait>of() : threads) {
                known &= t.isKnown();
                sending |= t.isSendingOn(owner.fd());
                reading |= t.isReceivingFrom(owner.fd());
                dialing |= t.isConnecting(owner.fd());
                polling |= t.isWaitingForEvents();
            }
        }
        return new SocketCalls(known, sending, reading, dialing, polling);
    }

    /** Returns whether what was seen decides anything: all threads are known, or one was in a call on the socket. */
    public boolean isTelling() {
        return known || sending || reading || dialing;
    }
}
