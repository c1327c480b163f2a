package dev.sockreel.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.FactsRow;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.source.ImportedCapture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks every row of every shipped capture: null has a reason, and no zero replaces an unknown value. */
class UnknownValuesTest {
    /** Returns true where a field has no meaning for such a socket, by the rules of the analyzer's README. */
    private static boolean isNullByNature(String field, Map<String, @Nullable Object> row) {
        boolean unix = String.valueOf(row.get("netid")).startsWith("u_");
        return switch (field) {
            case "time", "netns" -> true; // values of the source, checked separately
            case "netnsName" -> true; // the recorder's own namespace has none
            case "comm" -> List.of().equals(row.get("owners"));
            case "local", "fileInode", "fileDevice", "peerInode" -> true;
            case "peer" -> unix;
            case "peerOwners" -> !unix || row.get("peerInode") == null || Long.valueOf(0).equals(row.get("peerInode"));
            case "unread" -> "LISTEN".equals(row.get("state"));
            default -> false;
        };
    }

    private static List<Map<String, @Nullable Object>> rows(Snapshot snapshot) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Exporters.of("ndjson").orElseThrow().to(out).write(snapshot);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return JsonTree.lines(out.toString(StandardCharsets.UTF_8));
    }

    private static void check(String what, List<Map<String, @Nullable Object>> rows) {
        Set<String> wrong = new TreeSet<>();
        for (Map<String, @Nullable Object> row : rows) {
            Map<String, @Nullable Object> unknown = JsonTree.asObject(row.get("unknown"));
            String name = row.get("netid") + " " + row.get("state") + " " + row.get("source");
            row.forEach((field, value) -> {
                boolean explained = unknown.containsKey(field);
                if (value == null && !explained && !isNullByNature(field, row)) {
                    wrong.add(name + ": " + field + " is null without a reason");
                }
                // A netlink row of /proc is printed as in ss, although the text has no state.
                if (value != null && explained && !field.equals("state")) {
                    wrong.add(name + ": " + field + " is " + value + " and said to be " + unknown.get(field));
                }
            });
            unknown.keySet().stream().filter(f -> !row.containsKey(f))
                    .forEach(f -> wrong.add(name + ": no field " + f));
        }
        assertEquals(Set.of(), wrong, what);
        assertTrue(rows.size() > 20, what + " has " + rows.size() + " rows");
    }

    @ParameterizedTest
    @ValueSource(strings = {Capture.MODS, Capture.NOMODS, Capture.PARTIAL})
    void inSnapshots(String capture) {
        ImportedCapture imported = ImportedCapture.folder(capture, "snap");
        imported.snapshots().forEach(s -> check(capture + " snapshot " + s.index(), rows(s)));
        assertEquals(5, imported.snapshots().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {Capture.MODS, Capture.PARTIAL})
    void inDumpsOfAllFamilies(String capture) {
        check(capture, rows(ImportedCapture.rawWithOwners(capture).snapshot(0)));
        // Without owners, and as a user without capabilities.
        check(capture + " raw", rows(ImportedCapture.folder(capture, "raw").snapshot(0)));
        check(capture + " user", rows(ImportedCapture.folder(capture, "user/raw").snapshot(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {Capture.MODS, Capture.NOMODS, Capture.PARTIAL})
    void inTablesOfProc(String capture) {
        check(capture, rows(ImportedCapture.folder(capture, "proc-before").snapshot(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {Capture.MODS, Capture.PARTIAL})
    void inSsDumps(String capture) {
        check(capture, rows(ImportedCapture.folder(capture, "ssD/tcp.D").snapshot(0)));
    }

    @Test
    void inALiveCapture(@TempDir Path folder) throws IOException {
        List<Snapshot> snapshots = new ArrayList<>();
        try (SnapshotReader reader = SnapshotReader.open(LiveCapture.reel(folder))) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                snapshots.add(s);
            }
        }
        assertEquals(5, snapshots.size());
        for (Snapshot s : snapshots) {
            List<Map<String, @Nullable Object>> rows = rows(s);
            check("live snapshot " + s.index(), rows);
            rows.forEach(r -> assertTrue(r.get("time") != null && r.get("netns") != null, r.toString()));
        }
    }

    /**
     * Checks against the truth's own readers of raw bytes and of /proc: where neither found a number, there must be
     * none here; where one of them found a number, it must be the same.
     */
    @ParameterizedTest
    @ValueSource(strings = {Capture.NOMODS, Capture.PARTIAL})
    void whatTheSourceCouldNotKnowIsNoZero(String capture) throws IOException {
        Map<Long, Map<String, @Nullable Object>> byInode = new HashMap<>();
        for (Map<String, @Nullable Object> row : rows(merged(capture))) {
            if (row.get("inode") instanceof Long inode && inode > 0) {
                byInode.put(inode, row);
            }
        }
        Map<String, Integer> checked = new TreeMap<>();
        for (FactsRow fact : Truth.facts(Capture.unpack(capture))) {
            Map<String, @Nullable Object> row = fact.inode() == null ? null : byInode.get(fact.inode());
            Integer protocol = fact.protocol();
            // The tcp tables show an mptcp socket's subflow, which the truth's reader ignored.
            if (row == null || (protocol != null && protocol == 262)) {
                continue;
            }
            String what = fact.name() + " " + row;
            Long diagRecvQ = fact.diagRecvQ();
            Long known = diagRecvQ == null ? fact.procRx() : diagRecvQ;
            boolean packet = "packet".equals(fact.domain()) || "netlink".equals(fact.domain());
            if (!packet) { // the truth's reader ignored their columns
                assertEquals(known, row.get("recvQ"), what);
            }
            boolean listens = "LISTEN".equals(fact.state());
            if (diagRecvQ == null && ("unix".equals(fact.domain()) || listens)) {
                assertEquals(null, row.get("sendQ"), what);
                checked.merge(fact.domain() + (listens ? " listener" : ""), 1, Integer::sum);
            }
            if ("unix".equals(fact.domain()) && fact.diagPeer() == null) {
                assertEquals(null, row.get("peerInode"), what);
                assertEquals("from-proc", JsonTree.asObject(row.get("unknown")).get("peerInode"), what);
            }
        }
        assertTrue(checked.getOrDefault("unix", 0) > 80 && checked.getOrDefault("unix listener", 0) > 8,
                checked.toString());
        assertEquals(capture.equals(Capture.NOMODS), checked.containsKey("inet listener"), checked.toString());
    }

    /** Returns raw/ with the texts of /proc/net, as the recorder would have written them. */
    private static Snapshot merged(String capture) throws IOException {
        Path from = Capture.unpack(capture);
        Path folder = ImportedCapture.copy(from.resolve("raw"));
        for (String table : List.of("tcp", "tcp6", "udp", "udp6", "udplite", "raw", "raw6", "unix", "packet",
                "netlink")) {
            Path copy = Files.copy(from.resolve("proc-before").resolve(table), folder.resolve("proc-" + table));
            copy.toFile().deleteOnExit();
        }
        return ImportedCapture.of(folder).snapshot(0);
    }

    /** The kernel fills the queues of these with zeros, in both of its tables. */
    @ParameterizedTest
    @ValueSource(strings = {Capture.MODS, Capture.NOMODS})
    void socketsWithoutQueuesHaveNone(String capture) {
        Map<String, String> states = Map.of(
                "127.0.0.1:43600", "TIME-WAIT", "127.0.0.1:43202", "FIN-WAIT-2", "127.0.0.1:20003", "SYN-RECV");
        List<Map<String, @Nullable Object>> rows = rows(capture.equals(Capture.MODS)
                ? ImportedCapture.rawWithOwners(capture).snapshot(0)
                : ImportedCapture.folder(capture, "proc-before").snapshot(0));
        List<Map<String, @Nullable Object>> found = rows.stream()
                .filter(r -> String.valueOf(r.get("state")).equals(states.get(String.valueOf(r.get("local")))))
                .toList();
        assertEquals(3, found.size(), found.toString());
        for (Map<String, @Nullable Object> row : found) {
            for (String field : List.of("recvQ", "sendQ", "unread", "waiting", "uid")) {
                assertTrue(row.containsKey(field) && row.get(field) == null, field + " of " + row);
                assertEquals("no-such-measure", JsonTree.asObject(row.get("unknown")).get(field), field + " of " + row);
            }
        }
    }

    /** A connection that waits for accept() has no owner: the kernel's uid 0 is not root. */
    @ParameterizedTest
    @ValueSource(strings = {Capture.MODS, Capture.NOMODS})
    void unacceptedConnectionsAreNotRoots(String capture) {
        List<Map<String, @Nullable Object>> pending =
                rows(ImportedCapture.folder(capture, "proc-before").snapshot(0)).stream()
                        .filter(r -> "127.0.0.1:20002".equals(r.get("local")) && "ESTAB".equals(r.get("state")))
                        .toList();
        assertEquals(3, pending.size());
        for (Map<String, @Nullable Object> row : pending) {
            assertEquals(0L, row.get("inode"));
            assertEquals(null, row.get("uid"));
            assertTrue(row.get("unread") instanceof Long unread && unread >= 10, row.toString());
        }
    }
}
