package dev.sockreel.delta;

import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.series.HostWords;

/**
 * Two rates of tcp_info (uapi/linux/tcp.h) that follow from other fields of it. Only the encoder knows where tcp_info
 * is and writes it down; all arithmetic is that of 64-bit integers, so that it gives the same everywhere.
 */
final class TcpRelations {
    static final int NONE = 0;
    /** The words of tcpi_pacing_rate and tcpi_delivery_rate, from tcp_info's begin. */
    static final int PACING_RATE = 26;
    static final int DELIVERY_RATE = 40;
    /** The words that tcp_info must have. */
    static final int WORDS = 42;

    private static final int SND_MSS = 4;
    private static final int UNACKED = 6;
    private static final int RTT = 17;
    private static final int SND_CWND = 20;

    private static final int INET_DIAG_INFO = 2;
    private static final int INET_DIAG_MSG_BYTES = 72;
    private static final int INET_COOKIE_AT = Nlmsghdr.BYTES + 44;
    private static final int NLA_HEADER_BYTES = 4;

    /** 10^6 µs, 8 (srtt is kept in eighths) and a hundredth. */
    private static final long PACING_UNIT = 80_000;
    /** sysctl tcp_pacing_ca_ratio and tcp_pacing_ss_ratio, percent. */
    private static final int[] RATIOS = {120, 200};
    private static final int EIGHTHS = 8;
    static final int PACING_CODES = RATIOS.length * EIGHTHS;

    private static final long MICROS = 1_000_000;
    static final int MAX_PACKETS = 64;
    static final int MAX_INTERVAL = 1 << 28;

    /** Returns the word where tcp_info begins in a message, {@link #NONE} for none. */
    static int find(HostWords words, byte[] bytes, int message, int length, int cookieAt) {
        if (cookieAt != INET_COOKIE_AT) {
            return NONE;
        }
        int at = Nlmsghdr.BYTES + INET_DIAG_MSG_BYTES;
        while (at + NLA_HEADER_BYTES <= length) {
            int attribute = words.get16(bytes, message + at);
            if (attribute < NLA_HEADER_BYTES || at + attribute > length) {
                return NONE;
            }
            if (words.get16(bytes, message + at + 2) == INET_DIAG_INFO) {
                return attribute >= NLA_HEADER_BYTES + WORDS * 4 ? at + NLA_HEADER_BYTES >> 2 : NONE;
            }
            at += Nlmsghdr.align(attribute);
        }
        return NONE;
    }

    /**
     * Returns mss × cwnd in the unit of the pacing rate, to be divided by the round trip; 0 where the fields cannot be
     * those of a rate.
     *
     * @param info offset of tcp_info
     */
    static long pacingDividend(HostWords words, byte[] bytes, int info) {
        long mss = u32(words, bytes, info, SND_MSS) * PACING_UNIT;
        long packets = Math.max(u32(words, bytes, info, SND_CWND), u32(words, bytes, info, UNACKED));
        if (mss == 0 || packets > Long.MAX_VALUE / RATIOS[1] / mss || u32(words, bytes, info, RTT) == 0) {
            return 0;
        }
        return mss * packets;
    }

    /** Returns the pacing rate; the code says which ratio, and the eighths of the round trip that tcp_info lacks. */
    static long pacing(HostWords words, byte[] bytes, int info, long dividend, int code) {
        return dividend * RATIOS[code / EIGHTHS] / (u32(words, bytes, info, RTT) * EIGHTHS + code % EIGHTHS);
    }

    /** Returns the code that gives a pacing rate, -1 for none. */
    static int pacingCode(HostWords words, byte[] bytes, int info, long dividend, long rate) {
        for (int code = 0; code < PACING_CODES; code++) {
            if (pacing(words, bytes, info, dividend, code) == rate) {
                return code;
            }
        }
        return -1;
    }

    /**
     * Returns the delivery rate.
     *
     * @param packets    delivered, at most {@link #MAX_PACKETS}
     * @param intervalUs in this time, at least 1
     */
    static long delivery(HostWords words, byte[] bytes, int info, int packets, int intervalUs) {
        return packets * (u32(words, bytes, info, SND_MSS) * MICROS) / intervalUs;
    }

    /** Returns the fewest packets and their interval (in the upper half) that give a delivery rate, 0 for none. */
    static long deliveryCode(HostWords words, byte[] bytes, int info, long rate) {
        long mss = u32(words, bytes, info, SND_MSS) * MICROS;
        if (rate <= 0 || mss == 0) {
            return 0;
        }
        for (int packets = 1; packets <= MAX_PACKETS; packets++) {
            long interval = packets * mss / rate;
            for (long i = Math.max(1, interval); i <= interval + 1 && i <= MAX_INTERVAL; i++) {
                if (packets * mss / i == rate) {
                    return i << 32 | packets;
                }
            }
        }
        return 0;
    }

    private static long u32(HostWords words, byte[] bytes, int info, int word) {
        return Integer.toUnsignedLong(words.get(bytes, info + word * 4));
    }

    private TcpRelations() {}
}
