package dev.sockreel.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks that hold for every row that comes only from /proc/net. */
final class ProcRowsOfGuest {
    private static final Set<String> UNIX_CANNOT_KNOW =
            Set.of("cookie", "recvQ", "sendQ", "unread", "peer", "peerInode");
    private static final Pattern UNIX_LINE = Pattern.compile("^u_\\S+ +\\S+ +(\\S+) +(\\S+) .*");

    static Set<Object> sources(MakerTruth sockets, String netidBegins) {
        return sockets.rows().stream()
                .filter(r -> String.valueOf(r.get("netid")).startsWith(netidBegins))
                .map(r -> String.valueOf(r.get("source")))
                .collect(Collectors.toSet());
    }

    /** Checks that fields which the text lacks are null with a reason, and no others. */
    static void nothingIsInvented(MakerTruth sockets) {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Map<String, @Nullable Object> row : sockets.rows()) {
            if (!"proc".equals(row.get("source"))) {
                continue;
            }
            compared++;
            boolean listens = "LISTEN".equals(row.get("state"));
            String netid = String.valueOf(row.get("netid"));
            if (netid.startsWith("u_")) {
                UNIX_CANNOT_KNOW.stream().filter(f -> !listens || !f.equals("unread"))
                        .forEach(f -> unknown(row, f, wrong));
            } else if (netid.equals("tcp")) {
                unknown(row, "cookie", wrong);
                known(row, "recvQ", wrong);
                if (listens) {
                    unknown(row, "sendQ", wrong);
                } else {
                    known(row, "sendQ", wrong);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(compared > 500, "compared " + compared);
    }

    private static void unknown(Map<String, @Nullable Object> row, String field, List<String> wrong) {
        Object why = JsonTree.asObject(row.get("unknown")).get(field);
        if (row.get(field) != null || !"from-proc".equals(why)) {
            wrong.add(row.get("netid") + " " + row.get("local") + ": " + field + " " + row.get(field) + ", why " + why);
        }
    }

    private static void known(Map<String, @Nullable Object> row, String field, List<String> wrong) {
        if (row.get(field) == null) {
            wrong.add(row.get("netid") + " " + row.get("local") + ": " + field + " is not known");
        }
    }

    /** Checks the same in the table for people. */
    static void unixQueuesArePrintedAsUnknown(String table) {
        List<String> queues = table.lines()
                .filter(l -> UNIX_LINE.matcher(l).matches())
                .map(l -> UNIX_LINE.matcher(l).replaceAll("$1 $2"))
                .toList();
        assertTrue(queues.size() > 300, queues.size() + " lines");
        assertEquals(Set.of("? ?"), Set.copyOf(queues));
    }

    /** Checks that findings from such rows are likely at most, and that unix sockets without queues have none. */
    static void nothingIsProved(List<Map<String, @Nullable Object>> findings) {
        for (Map<String, @Nullable Object> finding : findings) {
            Map<String, @Nullable Object> socket = JsonTree.asObject(finding.get("socket"));
            if ("proc".equals(socket.get("source"))) {
                assertTrue(!"proved".equals(finding.get("certainty")), finding::toString);
                assertTrue(!String.valueOf(socket.get("netid")).startsWith("u_"), finding::toString);
            }
        }
    }

    /** Returns the inodes of one protocol's sockets with a finding of this id. */
    static Set<Object> accused(List<Map<String, @Nullable Object>> findings, String id, String netid) {
        return findings.stream()
                .filter(f -> id.equals(f.get("id")))
                .map(f -> JsonTree.asObject(f.get("socket")))
                .filter(s -> netid.equals(s.get("netid")))
                .map(s -> requireNonNull(s.get("inode")))
                .collect(Collectors.toSet());
    }

    private ProcRowsOfGuest() {}
}
