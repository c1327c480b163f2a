package dev.sockreel.dump;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.LoopbackEnd;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import java.security.SecureRandom;

/** What one socket adds to the totals of its dump. */
public final class SocketTotals {
    /** net.unix.max_dgram_qlen as systemd sets it; the kernel's default is 10. */
    private static final int MAX_DGRAM_QLEN = 512;
    /** The kernel's first buffer of a dump is a page less its own headers; later ones are larger. */
    private static final int SMALLEST_BUFFER_BYTES = 3000;
    private static final int ICON_BYTES = 4;
    /** The fewest pending connections of a unix listener whose list does not fit. */
    public static final int MIN_CROWDED = (SMALLEST_BUFFER_BYTES + ICON_BYTES - 1) / ICON_BYTES;
    /** Makes each pair of ends a number that nobody can choose. */
    private static final long SEED = new SecureRandom().nextLong() | 1;

    private SocketTotals() {}

    /** Returns what a socket of a dump adds. */
    static DumpTotals of(DiagSocket s, boolean unix, boolean tcp) {
        boolean counts = unix || isCounted(s);
        return new DumpTotals(counts ? 1 : 0, unix ? unlistedWith(s) : 0, unix && isCrowded(s) ? 1 : 0,
                tcp ? loopbackBalance(s) : 0);
    }

    static DumpTotals of(Dump dump) {
        long counted = 0;
        long unlisted = 0;
        long crowded = 0;
        long balance = 0;
        boolean unix = dump.request().family() == Family.AF_UNIX;
        boolean tcp = isTcp(dump);
        SocketCursor cursor = dump.cursor();
        while (cursor.next()) {
            DiagSocket s = cursor.socket();
            if (unix) {
                unlisted += unlistedWith(s);
                crowded += isCrowded(s) ? 1 : 0;
            }
            counted += unix || isCounted(s) ? 1 : 0;
            balance += tcp ? loopbackBalance(s) : 0;
        }
        return new DumpTotals(counted, unlisted, crowded, balance);
    }

    static boolean isTcp(Dump dump) {
        return dump.request().isInet() && dump.request().protocol() == InetProtocol.IPPROTO_TCP;
    }

    /**
     * Returns whether the kernel counts this socket. TIME-WAIT and request sockets are not full sockets, and closed
     * sockets that are bound are in no table that is counted.
     */
    public static boolean isCounted(Socket s) {
        boolean tcp = s.recvQ() instanceof Queue.SequenceBytes || s.recvQ() instanceof Queue.PendingConnections;
        return tcp ? s.stateNumber() != TcpState.CLOSE : !(s.recvQ() instanceof Queue.NotMeasured);
    }

    /** Returns how many unix sockets that no dump lists may exist because of this one. */
    public static long unlistedWith(Socket s) {
        long closedPeer = s.peerInode() == 0 ? 1 : 0;
        return closedPeer + switch (s.recvQ()) {
            case Queue.PendingConnections q -> 2 * q.connections();
            case Queue.FirstDatagramBytes q -> q.bytes() > 0 ? MAX_DGRAM_QLEN : 0;
            default -> 0;
        };
    }

    private static boolean isCrowded(Socket s) {
        return s.isListener() && s.recvQ() instanceof Queue.PendingConnections q && q.connections() >= MIN_CROWDED;
    }

    /**
     * Returns a number of an established connection over the loopback device that its other end's takes back; 0 for
     * other sockets.
     */
    private static long loopbackBalance(DiagSocket s) {
        if (s.stateNumber() != TcpState.ESTABLISHED) {
            return 0;
        }
        long local = LoopbackEnd.local(s);
        long peer = LoopbackEnd.peer(s);
        if (local == LoopbackEnd.NONE || peer == LoopbackEnd.NONE || local == peer) {
            return 0;
        }
        long pair = mix(mix(Math.min(local, peer) ^ SEED) ^ Math.max(local, peer));
        return local < peer ? pair : -pair;
    }

    private static long mix(long value) {
        long h = value * 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 29) * SEED;
        return h ^ h >>> 32;
    }
}
