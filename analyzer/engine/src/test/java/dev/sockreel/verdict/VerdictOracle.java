package dev.sockreel.verdict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges each logged dump of a folder by its bytes, with a second implementation for index.tsv, requests and reply
 * headers, independent of the analyzer's. Only for little-endian captures.
 */
final class VerdictOracle {
    private static final int NLM_F_DUMP = 0x300;
    private static final int MSG_TRUNC = 0x20;
    private static final int NLMSG_ERROR = 2;
    private static final int NLMSG_DONE = 3;
    private static final int NO_END = 1;

    /** One dump: its name in the log, its verdict, and the number of whole sockets. */
    record Expected(String name, String verdict, int sockets) {}

    private final ByteBuffer bytes;
    private final boolean cookiesAreShared;
    private final Set<List<Integer>> sockets = new HashSet<>();
    private int end = NO_END;
    private boolean truncated;

    private VerdictOracle(byte[] bin, boolean cookiesAreShared) {
        this.bytes = ByteBuffer.wrap(bin).order(ByteOrder.LITTLE_ENDIAN);
        this.cookiesAreShared = cookiesAreShared;
    }

    /** Judges all dumps in the log's order, without lookups of single sockets. */
    static List<Expected> of(Path folder) throws IOException {
        Map<String, VerdictOracle> dumps = new LinkedHashMap<>();
        for (String line : Files.readAllLines(folder.resolve("index.tsv"))) {
            String[] cells = line.split("\t", -1); // name recv offset length msg_flags bufsize realtime_ns remark
            if (!line.startsWith("#") && isDump(folder.resolve(cells[0] + ".req"))) {
                int offset = Integer.parseInt(cells[2]);
                dumps.computeIfAbsent(cells[0], name -> of(folder, name))
                        .datagram(offset, offset + Integer.parseInt(cells[3]), Integer.decode(cells[4]));
            }
        }
        return dumps.entrySet().stream()
                .map(e -> new Expected(e.getKey(), e.getValue().verdict(), e.getValue().sockets.size()))
                .toList();
    }

    private static VerdictOracle of(Path folder, String name) {
        try {
            // An sctp association has the cookie of its socket.
            return new VerdictOracle(Files.readAllBytes(folder.resolve(name + ".bin")), name.startsWith("sctp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isDump(Path request) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(request)).order(ByteOrder.LITTLE_ENDIAN);
        return (bytes.getShort(6) & NLM_F_DUMP) == NLM_F_DUMP;
    }

    private void datagram(int from, int to, int msgFlags) {
        truncated |= (msgFlags & MSG_TRUNC) != 0;
        int at = from;
        while (at + 16 <= to && at + bytes.getInt(at) <= to) {
            switch (bytes.getShort(at + 4)) {
                case NLMSG_DONE, NLMSG_ERROR -> end = bytes.getInt(at + 16);
                default -> socket(at + 16);
            }
            at += (bytes.getInt(at) + 3) & ~3;
        }
    }

    private void socket(int body) {
        int cookie = body + switch (bytes.get(body)) {
            case 2, 10 -> 44; // inet_diag_msg
            case 16 -> 20; // netlink_diag_msg
            case 40 -> 24; // vsock_diag_msg
            default -> 8; // unix_diag_msg, packet_diag_msg, xdp_diag_msg
        };
        sockets.add(cookiesAreShared ? List.of(body) : List.of(bytes.getInt(cookie), bytes.getInt(cookie + 4)));
    }

    private String verdict() {
        return truncated ? "truncated" : switch (end) {
            case 0 -> "complete";
            case NO_END -> "unfinished";
            case -2, -95 -> "unavailable"; // ENOENT, and EOPNOTSUPP to the old request
            default -> "failed";
        };
    }
}
