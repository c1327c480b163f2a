package dev.sockreel.cli.ss.text;

import static dev.sockreel.sockdiag.attribute.SctpInfo.field;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.InetEndpoint;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.SctpState;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import dev.sockreel.sockdiag.attribute.StructField;

/** Addresses of both ends and struct sctp_info. */
final class SctpText {
    private static final StructField TAG = field("sctpi_tag");
    private static final StructField STATE = field("sctpi_state");
    private static final StructField PEER_TAG = field("sctpi_peer_tag");

    private static final Counter[] BEFORE_TAG = Counter.of(
            "rwnd", field("sctpi_rwnd"), "unackdata", field("sctpi_unackdata"), "penddata", field("sctpi_penddata"),
            "instrms", field("sctpi_instrms"), "outstrms", field("sctpi_outstrms"), "inqueue", field("sctpi_inqueue"),
            "outqueue", field("sctpi_outqueue"), "overerr", field("sctpi_overall_error"),
            "maxburst", field("sctpi_max_burst"), "maxseg", field("sctpi_maxseg"), "prwnd", field("sctpi_peer_rwnd"));
    private static final Counter[] BEHIND_TAG = Counter.of(
            "pcapable", field("sctpi_peer_capable"), "psack", field("sctpi_peer_sack"),
            "autoclose", field("sctpi_s_autoclose"), "adapind", field("sctpi_s_adaptation_ind"),
            "pdpoint", field("sctpi_s_pd_point"), "nodelay", field("sctpi_s_nodelay"),
            "nofrag", field("sctpi_s_disable_fragments"), "v4mapped", field("sctpi_s_v4mapped"),
            "fraginl", field("sctpi_s_frag_interleave"));

    /**
     * Returns whether a row is an association, which follows its socket's row and shares its inode: only it has peers.
     */
    static boolean isAssociation(Socket s) {
        return s.protocol() == InetProtocol.IPPROTO_SCTP && s.has(InetDiagMsg.INET_DIAG_PEERS);
    }

    static void write(SocketRow row, Display display, Grid grid) {
        addresses(" locals:", row.socket(), InetDiagMsg.INET_DIAG_LOCALS, grid);
        addresses(" peers:", row.socket(), InetDiagMsg.INET_DIAG_PEERS, grid);
        if (display.info()) {
            info(row.socket(), grid);
        }
    }

    private static void addresses(String label, Socket s, int attribute, Grid grid) {
        String before = label;
        for (InetEndpoint address : s.addresses(attribute)) {
            grid.put(before).put(AddressText.bare(address));
            before = ",";
        }
    }

    private static void info(Socket s, Grid grid) {
        hex(" tag:", s.value(TAG, 0), grid);
        if (s.value(STATE, 0) != 0) {
            grid.put(" state:").put(SctpState.name(s.value(STATE, 0)));
        }
        Counter.put(BEFORE_TAG, s, grid);
        hex(" ptag:", s.value(PEER_TAG, 0), grid);
        Counter.put(BEHIND_TAG, s, grid);
    }

    private static void hex(String label, long value, Grid grid) {
        if (value != 0) {
            grid.put(label).put(Long.toHexString(value));
        }
    }

    private SctpText() {}
}
