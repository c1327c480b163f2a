package dev.sockreel.cli.ss.text;

import dev.sockreel.cli.ss.text.KindText.Values;
import dev.sockreel.snapshot.SocketRow;

/** INET_DIAG_ULP_INFO: kernel TLS, or the subflow of an mptcp connection. */
final class UlpText {
    /** uapi/linux/tls.h. */
    private static final int TLS_1_2_VERSION = 0x0303;
    private static final int TLS_1_3_VERSION = 0x0304;
    private static final int TLS_CIPHER_AES_GCM_128 = 51;
    private static final int TLS_CIPHER_AES_GCM_256 = 52;
    /** TLS_CONF_*, from 1 on. */
    private static final String[] CONFS = {"none", "sw", "hw", "hw-record"};

    /** MPTCP_SUBFLOW_FLAG_*, a letter a bit from bit 0 on. */
    private static final String FLAGS = "MmJjBbecv";

    static void write(SocketRow row, Grid grid) {
        Values info = KindText.values(row).of("INET_DIAG_ULP_INFO");
        if (info.has("INET_ULP_INFO_NAME")) {
            grid.put(" tcp-ulp-").put(info.text("INET_ULP_INFO_NAME"));
        }
        if (info.has("INET_ULP_INFO_TLS")) {
            tls(info.of("INET_ULP_INFO_TLS"), grid);
        }
        if (info.has("INET_ULP_INFO_MPTCP")) {
            subflow(info.of("INET_ULP_INFO_MPTCP"), grid);
        }
    }

    private static void tls(Values info, Grid grid) {
        if (info.has("TLS_INFO_VERSION")) {
            long version = info.number("TLS_INFO_VERSION");
            grid.put(" version: ").put(version == TLS_1_2_VERSION
                    ? "1.2" : version == TLS_1_3_VERSION ? "1.3" : "unknown(" + version + ")");
        }
        long cipher = info.number("TLS_INFO_CIPHER");
        if (cipher == TLS_CIPHER_AES_GCM_128) {
            grid.put(" cipher: aes-gcm-128");
        } else if (cipher == TLS_CIPHER_AES_GCM_256) {
            grid.put(" cipher: aes-gcm-256");
        }
        conf(" rxconf: ", "TLS_INFO_RXCONF", info, grid);
        conf(" txconf: ", "TLS_INFO_TXCONF", info, grid);
        grid.put(info.has("TLS_INFO_ZC_RO_TX") ? " zc_ro_tx" : "");
        grid.put(info.has("TLS_INFO_RX_NO_PAD") ? " no_pad_rx" : "");
    }

    private static void conf(String label, String name, Values info, Grid grid) {
        if (info.has(name)) {
            long conf = info.number(name);
            grid.put(label).put(conf >= 1 && conf <= CONFS.length ? CONFS[(int) conf - 1] : "unknown(" + conf + ")");
        }
    }

    private static void subflow(Values info, Grid grid) {
        long flags = info.number("MPTCP_SUBFLOW_ATTR_FLAGS");
        if (flags != 0) {
            grid.put(" flags:");
            for (int bit = 0; bit < FLAGS.length(); bit++) {
                grid.put((flags & 1 << bit) != 0 ? FLAGS.substring(bit, bit + 1) : "");
            }
        }
        if (info.has("MPTCP_SUBFLOW_ATTR_TOKEN_REM") && info.has("MPTCP_SUBFLOW_ATTR_TOKEN_LOC")
                && info.has("MPTCP_SUBFLOW_ATTR_ID_REM") && info.has("MPTCP_SUBFLOW_ATTR_ID_LOC")) {
            token(" token:", "REM", info, grid);
            token("/", "LOC", info, grid);
        }
        number(" seq:", "MPTCP_SUBFLOW_ATTR_MAP_SEQ", info, grid);
        number(" sfseq:", "MPTCP_SUBFLOW_ATTR_MAP_SFSEQ", info, grid);
        number(" ssnoff:", "MPTCP_SUBFLOW_ATTR_SSN_OFFSET", info, grid);
        number(" maplen:", "MPTCP_SUBFLOW_ATTR_MAP_DATALEN", info, grid);
    }

    private static void token(String label, String end, Values info, Grid grid) {
        String token = Long.toHexString(info.number("MPTCP_SUBFLOW_ATTR_TOKEN_" + end));
        grid.put(label).put("0".repeat(Math.max(0, 4 - token.length()))).put(token);
        grid.put("(id:").put(info.number("MPTCP_SUBFLOW_ATTR_ID_" + end)).put(')');
    }

    private static void number(String label, String name, Values info, Grid grid) {
        if (info.has(name)) {
            grid.put(label).put(Long.toUnsignedString(info.number(name)));
        }
    }

    private UlpText() {}
}
