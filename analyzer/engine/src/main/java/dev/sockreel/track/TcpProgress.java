package dev.sockreel.track;

import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a tcp connection in both directions; numbers are {@link Observation#UNKNOWN} when not known.
 *
 * @param received   tcpi_bytes_received: bytes that arrived in order; a FIN counts one
 * @param position   how far the application has read: {@code received} minus the queue, both as the kernel reports them
 *                   (both count a FIN). A dump taken while data arrives may show it too high, never too low
 * @param acked      tcpi_bytes_acked: bytes that the other end has acknowledged
 * @param zeroWindow whether the other end accepts no more, which tcpi_snd_wnd says; null where the kernel has no such
 *                   number (before Linux 5.4)
 * @param probes     whether the zero-window probe timer runs. It also does when the window is open and nothing can leave
 *                   this host, without a route or with its device down (net/ipv4/tcp_output.c, tcp_check_probe_timer)
 */
public record TcpProgress(long received, long position, long acked, @Nullable Boolean zeroWindow, boolean probes) {
    static final TcpProgress NONE =
            new TcpProgress(Observation.UNKNOWN, Observation.UNKNOWN, Observation.UNKNOWN, null, false);

    static TcpProgress of(Socket s) {
        if (s.protocol() != InetProtocol.IPPROTO_TCP || !(s.recvQ() instanceof Queue.SequenceBytes q)) {
            return NONE;
        }
        long received = s.value(TcpInfo.BYTES_RECEIVED).orElse(Observation.UNKNOWN);
        OptionalLong window = s.value(TcpInfo.SND_WND);
        boolean probes = s.value(InetDiagMsg.TIMER).orElse(0) == InetDiagMsg.TIMER_PROBE;
        return new TcpProgress(
                received,
                received < 0 ? Observation.UNKNOWN : Math.max(0, received - q.bytes()),
                s.value(TcpInfo.BYTES_ACKED).orElse(Observation.UNKNOWN),
                window.isPresent() ? window.getAsLong() == 0 : null,
                probes);
    }

    /** Returns whether nothing can leave this host, although the other end's window is open. */
    public boolean isHeldBack() {
        return probes && Boolean.FALSE.equals(zeroWindow);
    }

    /** Returns whether the other end takes no more, as far as the kernel's numbers tell. */
    public boolean isRefused() {
        return zeroWindow == null ? probes : zeroWindow;
    }
}
