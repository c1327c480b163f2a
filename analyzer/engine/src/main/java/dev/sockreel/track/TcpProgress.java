package dev.sockreel.track;

import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.sockdiag.attribute.TcpInfo;

/**
 * The progress of a tcp connection in both directions; numbers are {@link Observation#UNKNOWN} when not known.
 *
 * @param received   tcpi_bytes_received: bytes that arrived in order; a FIN counts one
 * @param position   how far the application has read: {@code received} minus the queue, both as the kernel reports them
 *                   (both count a FIN). A dump taken while data arrives may show it too high, never too low
 * @param acked      tcpi_bytes_acked: bytes that the other end has acknowledged
 * @param zeroWindow whether the other end accepts no more: tcpi_snd_wnd is 0, or the zero-window probe timer runs
 */
public record TcpProgress(long received, long position, long acked, boolean zeroWindow) {
    static final TcpProgress NONE =
            new TcpProgress(Observation.UNKNOWN, Observation.UNKNOWN, Observation.UNKNOWN, false);

    static TcpProgress of(Socket s) {
        if (s.protocol() != InetProtocol.IPPROTO_TCP || !(s.recvQ() instanceof Queue.SequenceBytes q)) {
            return NONE;
        }
        long received = s.value(TcpInfo.BYTES_RECEIVED).orElse(Observation.UNKNOWN);
        boolean probes = s.value(InetDiagMsg.TIMER).orElse(0) == InetDiagMsg.TIMER_PROBE;
        return new TcpProgress(
                received,
                received < 0 ? Observation.UNKNOWN : Math.max(0, received - q.bytes()),
                s.value(TcpInfo.BYTES_ACKED).orElse(Observation.UNKNOWN),
                probes || s.value(TcpInfo.SND_WND).orElse(1) == 0);
    }
}
