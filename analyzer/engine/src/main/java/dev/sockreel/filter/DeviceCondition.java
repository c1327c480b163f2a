package dev.sockreel.filter;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import org.jspecify.annotations.Nullable;

/**
 * {@code dev = eth0}: the device that the socket is bound to. Unknown where the row has no such number, or a number
 * whose name the capture does not hold.
 *
 * @param index when the word is a number; null for a name
 */
record DeviceCondition(String name, @Nullable Long index) implements Condition {
    private static final long MAX_INDEX = 0xffffffffL;

    static DeviceCondition parse(String text) {
        return new DeviceCondition(text, Numbers.upTo(text, MAX_INDEX));
    }

    @Override
    public Truth of(SocketRow row) {
        int bound = row.socket().ifindex();
        if (bound == Socket.UNKNOWN) {
            return Truth.UNKNOWN;
        }
        if (index != null && index == Integer.toUnsignedLong(bound)) {
            return Truth.TRUE;
        }
        String of = row.interfaceName();
        return of == null && bound != 0 && index == null ? Truth.UNKNOWN : Truth.of(name.equals(of));
    }
}
