package dev.sockreel.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.address.AddressText;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.Unknown;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Checks that hold for every socket, whatever bytes it was read from. */
public final class SocketCheck {
    private static final Set<String> FIELDS = Set.of(
            "recvQ", "sendQ", "unread", "waiting", "eofUnread", "cookie", "inode", "uid", "local", "peer", "ifindex",
            "peerInode", "fileInode", "fileDevice",
            // A table without states: the row is shown as unconnected nevertheless.
            "state");

    /** Describes everything about a socket, so that two readings of it can be compared. */
    public static String describe(Socket s) {
        String text = read(s);
        assertEquals(text, read(s.hold()), "the socket and the one that was held");
        return text;
    }

    /** Describes a socket without comparing it with its held copy. */
    static String read(Socket s) {
        states(s);
        for (String line : new String[] {s.netid(), s.state(), AddressText.orNull(s.local()),
            AddressText.orNull(s.peer()), s.ulp(), s.source()}) {
            OneLine.check(line);
        }
        StringBuilder out = new StringBuilder();
        out.append(s.netid()).append(' ').append(s.state()).append(' ').append(s.stateNumber())
                .append(' ').append(s.family()).append(' ').append(s.protocol())
                .append(' ').append(s.cookie()).append(' ').append(s.inode()).append(' ').append(s.uid())
                .append(' ').append(s.ifindex()).append(' ').append(s.recvQ()).append(' ').append(s.sendQ())
                .append(' ').append(s.local()).append(' ').append(s.peer()).append(' ').append(s.peerInode())
                .append(' ').append(s.fileInode()).append(' ').append(s.fileDevice()).append(' ').append(s.ulp())
                .append(' ').append(s.unread()).append(' ').append(s.waiting()).append(' ').append(s.eofUnread())
                .append(' ').append(s.isListener()).append(' ').append(s.unknown())
                .append(' ').append(Arrays.toString(s.pendingClients()));
        CheckedSink attributes = new CheckedSink();
        s.attributes(attributes);
        out.append(attributes.text());
        if (s instanceof DiagSocket d) {
            CheckedSink header = new CheckedSink();
            d.headerFields(header);
            out.append(header.text()).append(' ').append(d.attributesBroken()).append(' ').append(d.messageBytes());
            assertEquals(s.recvQ().kernelNumber(), d.recvQNumber(), "the receive queue's number");
            assertEquals(s.sendQ().kernelNumber(), d.sendQNumber(), "the send queue's number");
        }
        return out.toString();
    }

    /** Checks that each value is present or has a reason for its absence, never both, and that no number is made up. */
    private static void states(Socket s) {
        Map<String, Unknown> unknown = s.unknown();
        assertTrue(FIELDS.containsAll(unknown.keySet()), unknown::toString);
        queue(s.recvQ(), unknown, "recvQ");
        queue(s.sendQ(), unknown, "sendQ");
        if (!s.isListener()) {
            either(s.unread().isPresent(), unknown, "unread");
            either(s.waiting() != null, unknown, "waiting");
        }
        either(s.eofUnread() != null, unknown, "eofUnread");
        either(s.cookie() != Socket.NO_COOKIE, unknown, "cookie");
        either(s.inode() != Socket.UNKNOWN, unknown, "inode");
        either(s.uid() != Socket.UNKNOWN, unknown, "uid");
        assertTrue(s.inode() >= Socket.UNKNOWN, () -> "inode " + s.inode());
        assertTrue(s.uid() >= Socket.UNKNOWN, () -> "uid " + s.uid());
        assertTrue(s.unread().orElse(0) >= 0, () -> "unread " + s.unread());
        assertFalse(s.unread().orElse(0) > 0 && !Boolean.TRUE.equals(s.waiting()), "unread data that does not wait");
        for (String field : new String[] {"peerInode", "fileInode", "fileDevice"}) {
            assertFalse(unknown.containsKey(field) && number(s, field) != Socket.UNKNOWN,
                    () -> field + " is known and unknown");
        }
    }

    private static long number(Socket s, String field) {
        return switch (field) {
            case "peerInode" -> s.peerInode();
            case "fileInode" -> s.fileInode();
            default -> s.fileDevice();
        };
    }

    private static void queue(Queue queue, Map<String, Unknown> unknown, String field) {
        boolean measured = switch (queue) {
            case Queue.NotKnown q -> false;
            case Queue.NotMeasured q -> false;
            case Queue.None q -> false;
            default -> true;
        };
        assertEquals(measured, queue.kernelNumber() >= 0, () -> field + " is " + queue);
        either(measured, unknown, field);
    }

    private static void either(boolean known, Map<String, Unknown> unknown, String field) {
        assertEquals(known, !unknown.containsKey(field),
                () -> field + " is " + (known ? "" : "not ") + "known, and the reasons are " + unknown);
    }

    private SocketCheck() {}
}
