package dev.sockreel.cli.ss.text;

import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.CongestionInfo;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.sockdiag.attribute.StructField;
import org.jspecify.annotations.Nullable;

/** The state of dctcp, bbr and vegas. */
final class CongestionText {
    private static final double GAIN_UNIT = 256;
    /** Gains that are met again and again, as text; null for one that was not met yet. */
    private static final @Nullable String[] GAINS = new @Nullable String[1024];

    private static final StructField VEGAS_ENABLED = CongestionInfo.VEGAS.field("tcpv_enabled");
    private static final StructField VEGAS_RTT = CongestionInfo.VEGAS.field("tcpv_rtt");
    private static final StructField DCTCP_ENABLED = CongestionInfo.DCTCP.field("dctcp_enabled");
    private static final StructField CE_STATE = CongestionInfo.DCTCP.field("dctcp_ce_state");
    private static final StructField ALPHA = CongestionInfo.DCTCP.field("dctcp_alpha");
    private static final StructField AB_ECN = CongestionInfo.DCTCP.field("dctcp_ab_ecn");
    private static final StructField AB_TOT = CongestionInfo.DCTCP.field("dctcp_ab_tot");
    private static final StructField BW_LO = CongestionInfo.BBR.field("bbr_bw_lo");
    private static final StructField BW_HI = CongestionInfo.BBR.field("bbr_bw_hi");
    private static final StructField BBR_MIN_RTT = CongestionInfo.BBR.field("bbr_min_rtt");
    private static final StructField PACING_GAIN = CongestionInfo.BBR.field("bbr_pacing_gain");
    private static final StructField CWND_GAIN = CongestionInfo.BBR.field("bbr_cwnd_gain");

    /** @return the round trip time that a sending rate is computed with, µs: vegas has its own */
    static long write(Socket s, Display display, Grid grid, long rtt) {
        if (s.has(InetDiagMsg.INET_DIAG_DCTCPINFO)) {
            dctcp(s, grid);
        }
        if (s.has(InetDiagMsg.INET_DIAG_BBRINFO)) {
            bbr(s, display, grid);
        }
        long own = s.value(VEGAS_ENABLED, 0) == 0 ? 0 : s.value(VEGAS_RTT, 0);
        return TcpText.isRtt(own) ? own : rtt;
    }

    private static void dctcp(Socket s, Grid grid) {
        if (s.value(DCTCP_ENABLED, 0) == 0) {
            grid.put(" dctcp:fallback_mode");
            return;
        }
        grid.put(" dctcp:(ce_state:").put(s.value(CE_STATE, 0)).put(",alpha:").put(s.value(ALPHA, 0));
        grid.put(",ab_ecn:").put(s.value(AB_ECN, 0)).put(",ab_tot:").put(s.value(AB_TOT, 0)).put(')');
    }

    private static void bbr(Socket s, Display display, Grid grid) {
        double bytesPerSecond = CNumber.unsigned(s.value(BW_HI, 0) << 32 | s.value(BW_LO, 0));
        CNumber.putRate(bytesPerSecond * 8, display.numeric(), grid.put(" bbr:(bw:"));
        CNumber.putThousandths(s.value(BBR_MIN_RTT, 0), grid.put("bps,mrtt:"));
        gain(",pacing_gain:", s.value(PACING_GAIN, 0), grid);
        gain(",cwnd_gain:", s.value(CWND_GAIN, 0), grid);
        grid.put(')');
    }

    private static void gain(String label, long gain, Grid grid) {
        if (gain != 0) {
            grid.put(label).put(gain < GAINS.length ? ofGain((int) gain) : CNumber.g(gain / GAIN_UNIT));
        }
    }

    private static String ofGain(int gain) {
        String text = GAINS[gain];
        if (text == null) {
            text = CNumber.g(gain / GAIN_UNIT);
            GAINS[gain] = text;
        }
        return text;
    }

    private CongestionText() {}
}
