package dev.sockreel.cli.ss.text;

import static dev.sockreel.sockdiag.attribute.TcpInfo.field;

import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.TcpState;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.sockdiag.attribute.StructField;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.util.Map;

/** struct tcp_info, the congestion control's own struct, TCP-MD5 and the upper layer protocol. */
final class TcpText {
    /** TCPI_OPT_* (uapi/linux/tcp.h). */
    private static final int TCPI_OPT_WSCALE = 4;
    private static final int[] OPTIONS = {1, 64, 2, 8, 16, 32};
    private static final String[] OPTION_NAMES = {" ts", " usec_ts", " sack", " ecn", " ecnseen", " fastopen"};

    /** An rto of the first connection attempt's length is not shown, nor is a threshold that was never reached. */
    private static final long INITIAL_RTO_US = 3_000_000;
    private static final long NO_SSTHRESH = 0xffff;
    private static final long USUAL_REORDERING = 3;
    private static final long NO_RTT = 0x7fffffff;
    private static final long NO_MIN_RTT = 0xffffffffL;
    /** A rate without a limit: all ones. */
    private static final long NO_LIMIT = -1;

    private static final StructField OPTIONS_FIELD = field("tcpi_options");
    private static final StructField RTTVAR = field("tcpi_rttvar");
    private static final StructField ATO = field("tcpi_ato");
    private static final StructField SND_MSS = field("tcpi_snd_mss");
    private static final StructField SND_CWND = field("tcpi_snd_cwnd");
    private static final StructField SND_SSTHRESH = field("tcpi_snd_ssthresh");
    private static final StructField PACING_RATE = field("tcpi_pacing_rate");
    private static final StructField MAX_PACING_RATE = field("tcpi_max_pacing_rate");
    private static final StructField DELIVERY_RATE = field("tcpi_delivery_rate");
    private static final StructField APP_LIMITED = field("tcpi_delivery_rate_app_limited");
    private static final StructField BUSY_TIME = field("tcpi_busy_time");
    private static final StructField RWND_LIMITED = field("tcpi_rwnd_limited");
    private static final StructField SNDBUF_LIMITED = field("tcpi_sndbuf_limited");
    private static final StructField SACKED = field("tcpi_sacked");
    private static final StructField REORDERING = field("tcpi_reordering");
    private static final StructField RCV_RTT = field("tcpi_rcv_rtt");
    private static final StructField MIN_RTT = field("tcpi_min_rtt");

    private static final Counter[] SEGMENTS = Counter.of(
            "mss", SND_MSS, "pmtu", field("tcpi_pmtu"), "rcvmss", field("tcpi_rcv_mss"),
            "advmss", field("tcpi_advmss"), "cwnd", SND_CWND);
    private static final Counter[] BYTES = Counter.of(
            "bytes_sent", TcpInfo.BYTES_SENT, "bytes_retrans", TcpInfo.BYTES_RETRANS, "bytes_acked",
            TcpInfo.BYTES_ACKED,
            "bytes_received", TcpInfo.BYTES_RECEIVED, "segs_out", TcpInfo.SEGS_OUT, "segs_in", TcpInfo.SEGS_IN,
            "data_segs_out", field("tcpi_data_segs_out"), "data_segs_in", field("tcpi_data_segs_in"));
    private static final Counter[] AGES = Counter.of(
            "lastsnd", TcpInfo.LAST_DATA_SENT, "lastrcv", TcpInfo.LAST_DATA_RECV, "lastack", TcpInfo.LAST_ACK_RECV);
    private static final Counter[] DELIVERED =
            Counter.of("delivered", field("tcpi_delivered"), "delivered_ce", field("tcpi_delivered_ce"));
    private static final Counter[] BEFORE_REORDERING =
            Counter.of("dsack_dups", field("tcpi_dsack_dups"), "fackets", field("tcpi_fackets"));
    private static final Counter[] REORD_SEEN = Counter.of("reord_seen", field("tcpi_reord_seen"));
    private static final Counter[] RECEIVING = Counter.of(
            "rcv_space", field("tcpi_rcv_space"), "rcv_ssthresh", field("tcpi_rcv_ssthresh"),
            "notsent", TcpInfo.NOTSENT_BYTES);
    private static final Counter[] WINDOWS = Counter.of(
            "rcv_ooopack", field("tcpi_rcv_ooopack"), "snd_wnd", TcpInfo.SND_WND, "rcv_wnd", TcpInfo.RCV_WND,
            "rehash", field("tcpi_rehash"));
    private static final Counter[] UNACKED = Counter.of("unacked", TcpInfo.UNACKED);
    private static final Counter[] LOST = Counter.of("lost", field("tcpi_lost"));

    private final Display display;

    TcpText(Display display) {
        this.display = display;
    }

    void write(SocketRow row, Socket s, Grid grid) {
        if (display.info() && s.has(InetDiagMsg.INET_DIAG_INFO)) {
            sending(s, grid);
            Counter.put(SEGMENTS, s, grid);
            long ssthresh = s.value(SND_SSTHRESH, 0);
            if (ssthresh > 0 && ssthresh < NO_SSTHRESH) {
                grid.put(" ssthresh:").put(ssthresh);
            }
            Counter.put(BYTES, s, grid);
            long rtt = CongestionText.write(s, display, grid, s.value(TcpInfo.RTT, 0));
            rates(s, rtt, grid);
            busy(s, grid);
            losses(s, grid);
            receiving(s, grid);
        }
        if (s.has(InetDiagMsg.INET_DIAG_MD5SIG)) {
            md5keys(row, grid);
        }
        if (s.ulp() != null) {
            UlpText.write(row, grid);
        }
    }

    private void sending(Socket s, Grid grid) {
        long options = s.value(OPTIONS_FIELD, 0);
        for (int i = 0; display.timers() && i < OPTIONS.length; i++) {
            grid.put((options & OPTIONS[i]) != 0 ? OPTION_NAMES[i] : "");
        }
        String algorithm = s.congestionControl();
        if (algorithm != null && !algorithm.isEmpty()) {
            grid.put(' ').put(algorithm);
        }
        if ((options & TCPI_OPT_WSCALE) != 0) {
            grid.put(" wscale:").put(s.value(TcpInfo.SND_WSCALE, 0)).put(',').put(s.value(TcpInfo.RCV_WSCALE, 0));
        }
        long rto = s.value(TcpInfo.RTO, 0);
        if (rto != INITIAL_RTO_US) {
            millis(" rto:", rto, grid);
        }
        long backoff = s.value(TcpInfo.BACKOFF, 0);
        if (backoff != 0) {
            grid.put(" backoff:").put(backoff);
        }
        long rtt = s.value(TcpInfo.RTT, 0);
        if (rtt != 0) {
            millis(" rtt:", rtt, grid);
            grid.put('/');
            CNumber.putThousandths(s.value(RTTVAR, 0), grid);
        }
        millis(" ato:", s.value(ATO, 0), grid);
    }

    private static void millis(String label, long micros, Grid grid) {
        if (micros != 0) {
            CNumber.putThousandths(micros, grid.put(label));
        }
    }

    private void rates(Socket s, long rtt, Grid grid) {
        double perRound = (double) s.value(SND_CWND, 0) * s.value(SND_MSS, 0);
        if (rtt > 0 && perRound > 0) {
            rate(" send ", perRound * 8_000_000 / rtt, grid);
        }
        Counter.put(AGES, s, grid);
        long pacing = s.value(PACING_RATE, 0);
        long most = s.value(MAX_PACING_RATE, 0);
        if (pacing != 0 && pacing != NO_LIMIT) {
            rate(" pacing_rate ", CNumber.unsigned(pacing) * 8, grid);
            if (most != 0 && most != NO_LIMIT) {
                rate("/", CNumber.unsigned(most) * 8, grid);
            }
        }
        long delivery = s.value(DELIVERY_RATE, 0);
        if (delivery != 0) {
            rate(" delivery_rate ", CNumber.unsigned(delivery) * 8, grid);
        }
        Counter.put(DELIVERED, s, grid);
        grid.put(s.value(APP_LIMITED, 0) != 0 ? " app_limited" : "");
    }

    private void rate(String label, double bitsPerSecond, Grid grid) {
        CNumber.putRate(bitsPerSecond, display.numeric(), grid.put(label));
        grid.put("bps");
    }

    private static void busy(Socket s, Grid grid) {
        long busy = s.value(BUSY_TIME, 0);
        if (busy == 0) {
            return;
        }
        grid.put(" busy:").put(Long.divideUnsigned(busy, 1000)).put("ms");
        limited(" rwnd_limited:", s.value(RWND_LIMITED, 0), busy, grid);
        limited(" sndbuf_limited:", s.value(SNDBUF_LIMITED, 0), busy, grid);
    }

    private static void limited(String label, long micros, long busy, Grid grid) {
        if (micros != 0) {
            double percent = 100.0 * CNumber.unsigned(micros) / CNumber.unsigned(busy);
            grid.put(label).put(Long.divideUnsigned(micros, 1000)).put("ms(").put(CNumber.fixed(percent, 1)).put("%)");
        }
    }

    private static void losses(Socket s, Grid grid) {
        Counter.put(UNACKED, s, grid);
        long retrans = s.value(TcpInfo.RETRANS, 0);
        long total = s.value(TcpInfo.TOTAL_RETRANS, 0);
        if (retrans != 0 || total != 0) {
            grid.put(" retrans:").put(retrans).put('/').put(total);
        }
        Counter.put(LOST, s, grid);
        long sacked = s.value(SACKED, 0); // of a listener it is its backlog
        if (sacked != 0 && s.stateNumber() != TcpState.LISTEN) {
            grid.put(" sacked:").put(sacked);
        }
        Counter.put(BEFORE_REORDERING, s, grid);
        long reordering = s.value(REORDERING, USUAL_REORDERING);
        if (reordering != USUAL_REORDERING) {
            grid.put(" reordering:").put(reordering);
        }
        Counter.put(REORD_SEEN, s, grid);
    }

    private static void receiving(Socket s, Grid grid) {
        millis(" rcv_rtt:", s.value(RCV_RTT, 0), grid);
        Counter.put(RECEIVING, s, grid);
        long least = s.value(MIN_RTT, 0);
        millis(" minrtt:", least == NO_MIN_RTT ? 0 : least, grid);
        Counter.put(WINDOWS, s, grid);
    }

    /** Writes the address that each key is for; the keys were masked before they were recorded. */
    private static void md5keys(SocketRow row, Grid grid) {
        String before = " md5keys:";
        for (Object key : KindText.values(row).list("INET_DIAG_MD5SIG")) {
            if (key instanceof Map<?, ?> fields) {
                KindText.Values values = new KindText.Values(fields);
                grid.put(before).put(values.text("tcpm_addr")).put('/').put(values.number("tcpm_prefixlen"));
                grid.put('=').put(Cells.UNKNOWN);
                before = ",";
            }
        }
    }

    static boolean isRtt(long rtt) {
        return rtt != 0 && rtt != NO_RTT;
    }
}
