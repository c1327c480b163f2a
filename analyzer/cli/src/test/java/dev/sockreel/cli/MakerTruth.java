package dev.sockreel.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a snapshot and the truth of the sockets' maker.
 *
 * @param rows  rows of {@code show --format ndjson}
 * @param truth lines of {@code socketmaker --truth}
 */
record MakerTruth(List<Map<String, @Nullable Object>> rows, List<Map<String, @Nullable Object>> truth) {
    private static final byte NUL = 0;

    static MakerTruth of(String rows, String truth) {
        return new MakerTruth(JsonTree.lines(rows), JsonTree.lines(truth));
    }

    /** Checks that every socket is listed as it was made, and no other. */
    void holds() {
        assertEquals(List.of(), differences());
        assertEquals(List.of(), strangers());
        assertTrue(truth.size() > 900, truth.size() + " compared");
    }

    /** Returns a line for each value that differs from the truth; a row from /proc may have unknown values instead. */
    List<String> differences() {
        Map<String, Map<String, @Nullable Object>> byCookie = rows.stream()
                .filter(r -> r.get("cookie") != null)
                .collect(Collectors.toMap(r -> String.valueOf(r.get("cookie")), Function.identity()));
        // Rows of /proc/net have no cookie, and inode 0 identifies nothing.
        Map<Object, Map<String, @Nullable Object>> byInode = rows.stream()
                .filter(r -> r.get("cookie") == null && !Objects.equals(r.get("inode"), 0L))
                .collect(Collectors.toMap(r -> requireNonNull(r.get("inode")), Function.identity()));
        List<String> wrong = new ArrayList<>();
        for (Map<String, @Nullable Object> made : truth) {
            Map<String, @Nullable Object> row = byCookie.get(String.valueOf(made.get("cookie")));
            row = row == null ? byInode.get(requireNonNull(made.get("inode"))) : row;
            if (row == null) {
                wrong.add("missing: " + made);
            } else {
                new Pair(made, row, wrong).compare();
            }
        }
        return wrong;
    }

    /** Returns the rows that are not the maker's, without netlink sockets, of which the kernel has its own. */
    List<String> strangers() {
        Set<Object> inodes = truth.stream().map(t -> requireNonNull(t.get("inode"))).collect(Collectors.toSet());
        Set<String> cookies = truth.stream().map(t -> String.valueOf(t.get("cookie"))).collect(Collectors.toSet());
        return rows.stream()
                .filter(r -> !"nl".equals(r.get("netid")) && !isUnaccepted(r))
                .filter(r -> r.get("cookie") == null
                        ? !inodes.contains(requireNonNull(r.get("inode")))
                        : !cookies.contains(String.valueOf(r.get("cookie"))))
                .map(r -> r.get("netid") + " " + r.get("local") + " " + r.get("peer"))
                .toList();
    }

    /** Returns the number of listed ends that nobody has accepted. */
    long unaccepted(String netid) {
        return rows.stream().filter(r -> netid.equals(r.get("netid")) && isUnaccepted(r)).count();
    }

    private static boolean isUnaccepted(Map<String, @Nullable Object> row) {
        return Objects.equals(row.get("inode"), 0L);
    }

    /** Returns the maker's count of connections waiting in listeners of this domain (AF_ number). */
    long pending(long domain) {
        return truth.stream()
                .filter(t -> Objects.equals(t.get("domain"), domain) && t.get("pending") != null)
                .mapToLong(t -> (Long) requireNonNull(t.get("pending")))
                .sum();
    }

    /** Returns the inodes of the maker's sockets of this kind with unread data. */
    Set<Object> unreadInodes(String kind) {
        return inodes(t -> kind.equals(t.get("kind")) && t.get("unread") instanceof Long n && n > 0);
    }

    Set<Object> inodes(Predicate<Map<String, @Nullable Object>> which) {
        return truth.stream().filter(which).map(t -> requireNonNull(t.get("inode"))).collect(Collectors.toSet());
    }

    /** One socket as made and as shown. */
    private record Pair(Map<String, @Nullable Object> made, Map<String, @Nullable Object> row, List<String> wrong) {
        void compare() {
            same("inode", "inode");
            same("state", "state");
            if (made.get("pending") != null) {
                same("pending", "recvQ");
                same("backlog", "sendQ");
            } else if (row.get("unread") != null && made.get("unread") != null) {
                same("unread", "unread");
            }
            // A dual-stack socket: ss prints * for its address, and so do we; /proc does not show it.
            if ("mapped.listener".equals(made.get("kind")) && !isFromProc()) {
                equal("local", String.valueOf(made.get("local")).replace("[::]", "*"), row.get("local"));
            } else if (made.get("local") != null) {
                same("local", "local");
            }
            if (made.get("remote") != null) {
                same("remote", "peer");
            }
            if (made.get("local_hex") != null) {
                name();
            }
            if (made.get("peer_inode") != null && Objects.equals(made.get("domain"), 1L)) {
                same("peer_inode", "peerInode");
            }
            owner();
        }

        private boolean isFromProc() {
            return "proc".equals(row.get("source"));
        }

        private void same(String theirs, String ours) {
            boolean cannotKnow = isFromProc() && row.get(ours) == null
                    && "from-proc".equals(JsonTree.asObject(row.get("unknown")).get(ours));
            if (!cannotKnow) {
                equal(ours, made.get(theirs), row.get(ours));
            }
        }

        private void equal(String field, @Nullable Object expected, @Nullable Object actual) {
            if (!Objects.equals(expected, actual)) {
                wrong.add(made.get("kind") + " " + made.get("inode") + ": " + field + " " + actual + ", truth "
                        + expected);
            }
        }

        /** Compares names; /proc/net/unix prints an @ for each NUL of an abstract name. */
        private void name() {
            byte[] expected = sunPath(made);
            if (isFromProc() && expected[0] == '@') {
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = expected[i] == NUL ? (byte) '@' : expected[i];
                }
            }
            if (!Arrays.equals(expected, bytes(String.valueOf(row.get("local"))))) {
                wrong.add(made.get("kind") + " name " + row.get("local") + ", truth " + made.get("local_hex"));
            }
        }

        private void owner() {
            if (isFromProc() && row.get("time") == null) {
                return; // imported /proc/net has no owners
            }
            Object pid = JsonTree.asObjects(row.get("owners")).stream()
                    .filter(o -> Objects.equals(o.get("fd"), made.get("fd")))
                    .map(o -> o.get("pid"))
                    .findFirst().orElse(null);
            equal("owner of fd " + made.get("fd"), made.get("pid"), pid);
        }
    }

    /** Returns the name's bytes as printed: @ for an abstract name's first NUL, no NUL at the end of a path. */
    private static byte[] sunPath(Map<String, @Nullable Object> made) {
        byte[] bytes = HexFormat.of().parseHex(String.valueOf(made.get("local_hex")));
        if (bytes[0] == NUL) {
            bytes[0] = '@';
            return bytes;
        }
        return bytes[bytes.length - 1] == NUL ? Arrays.copyOf(bytes, bytes.length - 1) : bytes;
    }

    /** Returns the bytes of a printed name. */
    static byte[] bytes(String name) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            if (name.startsWith("\\x", i)) {
                hex.append(name, i + 2, i + 4);
                i += 3;
            } else {
                hex.append(HexFormat.of().formatHex(name.substring(i, i + 1).getBytes(StandardCharsets.UTF_8)));
            }
        }
        return HexFormat.of().parseHex(hex);
    }
}
