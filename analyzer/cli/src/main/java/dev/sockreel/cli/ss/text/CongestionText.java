package dev.sockreel.cli.ss.text;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;

/** The state of dctcp, bbr and vegas. */
final class CongestionText {
    private static final double GAIN_UNIT = 256;

    /** @return the round trip time that a sending rate is computed with, µs: vegas has its own */
    static long write(SocketRow row, Display display, Grid grid, long rtt) {
        Socket s = row.socket();
        boolean dctcp = s.has(InetDiagMsg.INET_DIAG_DCTCPINFO);
        boolean bbr = s.has(InetDiagMsg.INET_DIAG_BBRINFO);
        boolean vegas = s.has(InetDiagMsg.INET_DIAG_VEGASINFO);
        if (!dctcp && !bbr && !vegas) {
            return rtt;
        }
        KindText.Values values = KindText.values(row);
        if (dctcp) {
            dctcp(values.of("INET_DIAG_DCTCPINFO"), grid);
        }
        if (bbr) {
            bbr(values.of("INET_DIAG_BBRINFO"), display, grid);
        }
        KindText.Values own = values.of("INET_DIAG_VEGASINFO");
        return own.number("tcpv_enabled") != 0 && TcpText.isRtt(own.number("tcpv_rtt")) ? own.number("tcpv_rtt") : rtt;
    }

    private static void dctcp(KindText.Values info, Grid grid) {
        if (info.number("dctcp_enabled") == 0) {
            grid.put(" dctcp:fallback_mode");
            return;
        }
        grid.put(" dctcp:(ce_state:").put(info.number("dctcp_ce_state")).put(",alpha:").put(info.number("dctcp_alpha"));
        grid.put(",ab_ecn:").put(info.number("dctcp_ab_ecn")).put(",ab_tot:").put(info.number("dctcp_ab_tot")).put(')');
    }

    private static void bbr(KindText.Values info, Display display, Grid grid) {
        double bytesPerSecond = CNumber.unsigned(info.number("bbr_bw_hi") << 32 | info.number("bbr_bw_lo"));
        grid.put(" bbr:(bw:").put(CNumber.rate(bytesPerSecond * 8, display.numeric())).put("bps");
        grid.put(",mrtt:").put(CNumber.gOfThousandths(info.number("bbr_min_rtt")));
        gain(",pacing_gain:", info.number("bbr_pacing_gain"), grid);
        gain(",cwnd_gain:", info.number("bbr_cwnd_gain"), grid);
        grid.put(')');
    }

    private static void gain(String label, long gain, Grid grid) {
        if (gain != 0) {
            grid.put(label).put(CNumber.g(gain / GAIN_UNIT));
        }
    }

    private CongestionText() {}
}
