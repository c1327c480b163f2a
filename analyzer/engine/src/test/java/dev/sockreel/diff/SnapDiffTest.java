package dev.sockreel.diff;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.fixtures.TruthSocket;
import dev.sockreel.render.SocketJson;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.source.ImportedCapture;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares every pair of five snapshots of real sockets, about a second apart, whose truth is known at each step. */
class SnapDiffTest {
    private static final Path CAPTURE = Capture.unpack(Capture.MODS);
    private static final ImportedCapture SNAP = ImportedCapture.folder(Capture.MODS, "snap");
    private static final int SNAPSHOTS = 5;
    /** The fields that hold ms since an event, or µs spent in a state. */
    private static final Set<String> TIMES = Set.of(
            "tcpi_last_data_sent", "tcpi_last_ack_sent", "tcpi_last_data_recv", "tcpi_last_ack_recv", "tcpi_busy_time",
            "tcpi_rwnd_limited", "tcpi_sndbuf_limited");

    private interface Pair {
        void of(int from, int to);
    }

    private static void everyPair(Pair pair) {
        for (int from = 0; from < SNAPSHOTS; from++) {
            for (int to = from + 1; to < SNAPSHOTS; to++) {
                pair.of(from, to);
            }
        }
    }

    private static Map<Long, TruthSocket> truth(int snapshot) {
        return Truth.step(CAPTURE, snapshot + 1).stream()
                .collect(Collectors.toMap(t -> requireNonNull(t.cookie()), t -> t));
    }

    /** mv.new appears at step 2, mv.tuple is closed and opened again with the same addresses at step 3. */
    @Test
    void appearedAndGoneAreTheMakers() {
        everyPair((from, to) -> {
            Set<Long> before = truth(from).keySet();
            Set<Long> after = truth(to).keySet();
            Compared found = Compared.of(SNAP.snapshots(), from, to, false);
            String pair = from + " to " + to;
            assertEquals(minus(after, before), found.appeared, pair);
            assertEquals(minus(before, after), found.gone, pair);
            assertEquals(Map.of(), found.notObservedInFrom, pair);
            assertEquals(Map.of(), found.notObservedInTo, pair);
        });
    }

    private static Set<Long> minus(Set<Long> some, Set<Long> others) {
        Set<Long> left = new TreeSet<>(some);
        left.removeAll(others);
        return left;
    }

    /** Only the moving sockets change, and their unread bytes change by the maker's count. */
    @Test
    void changedBytesAreTheMakers() {
        everyPair((from, to) -> {
            Map<Long, TruthSocket> before = truth(from);
            Map<Long, TruthSocket> after = truth(to);
            Map<Long, String> expected = new TreeMap<>();
            before.forEach((cookie, t) -> {
                TruthSocket later = after.get(cookie);
                if (later != null && !Objects.equals(t.unread(), later.unread())) {
                    expected.put(cookie, t.unread() + " -> " + later.unread());
                }
            });
            Compared found = Compared.of(SNAP.snapshots(), from, to, false);
            Map<Long, String> unread = new TreeMap<>();
            found.changed.forEach((cookie, changes) -> {
                assertTrue(before.containsKey(cookie), cookie + " is no socket of the mover: " + changes);
                FieldChange change = changes.get("unread");
                if (change != null) {
                    unread.put(cookie, change.from() + " -> " + change.to());
                }
            });
            assertEquals(expected, unread, from + " to " + to);
        });
    }

    /** The queues are equal, 9 bytes, but the counter shows that other bytes passed. */
    @Test
    void equalQueuesMayHideAChange() {
        Compared found = Compared.of(SNAP.snapshots(), 0, 4, false);
        long busy = cookie("mv.busy.server");
        Map<String, FieldChange> changes = requireNonNull(found.changed.get(busy));
        assertEquals(null, changes.get("unread"));
        FieldChange received = requireNonNull(changes.get("attributes.INET_DIAG_INFO.tcpi_bytes_received"));
        assertTrue((long) requireNonNull(received.to()) > (long) requireNonNull(received.from()));
        assertEquals(null, found.changed.get(cookie("mv.stuck.server")));
    }

    private static long cookie(String name) {
        return truth(0).values().stream()
                .filter(t -> t.name().equals(name))
                .map(t -> requireNonNull(t.cookie()))
                .findFirst()
                .orElseThrow();
    }

    /** Comparing the JSON of both rows field by field gives the same changes, except for ages. */
    @Test
    void changesAreThoseOfTheJson() {
        everyPair((from, to) -> {
            Map<Long, Map<String, @Nullable Object>> before = json(from);
            Map<Long, Map<String, @Nullable Object>> after = json(to);
            Compared all = Compared.of(SNAP.snapshots(), from, to, true);
            Compared settled = Compared.of(SNAP.snapshots(), from, to, false);
            int unchanged = 0;
            for (Long cookie : before.keySet()) {
                if (!after.containsKey(cookie)) {
                    continue;
                }
                Set<String> expected = changes(requireNonNull(before.get(cookie)), requireNonNull(after.get(cookie)));
                assertEquals(expected, fields(all, cookie), from + " to " + to + ", cookie " + cookie);
                expected.removeIf(f -> TIMES.contains(f.substring(f.lastIndexOf('.') + 1)));
                assertEquals(expected, fields(settled, cookie), from + " to " + to + ", cookie " + cookie);
                unchanged += expected.isEmpty() ? 1 : 0;
            }
            assertTrue(all.changed.size() > settled.changed.size());
            assertEquals(unchanged, settled.summary().unchanged());
            assertEquals(settled.changed.size(), settled.summary().changed());
        });
    }

    private static Set<String> fields(Compared found, long cookie) {
        return found.changed.getOrDefault(cookie, Map.of()).keySet();
    }

    private static Map<Long, Map<String, @Nullable Object>> json(int snapshot) {
        Map<Long, Map<String, @Nullable Object>> rows = new HashMap<>();
        for (SocketRow row : SNAP.rows(snapshot)) {
            Map<String, @Nullable Object> fields = JsonTree.object(text(row));
            fields.remove("ownersAsOf"); // a later look-up is no change
            fields.remove("snapshot");
            fields.remove("time");
            for (String owners : List.of("owners", "peerOwners")) {
                if (fields.get(owners) instanceof List<?> all) {
                    all.forEach(owner -> JsonTree.asObject(owner).remove("asOf"));
                }
            }
            rows.put(row.socket().cookie(), fields);
        }
        return rows;
    }

    private static String text(SocketRow row) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            new SocketJson(json).write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }

    /** Returns the names of leaves that differ; descends into objects that both have. */
    private static Set<String> changes(Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
        Set<String> found = new TreeSet<>();
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            Object a = before.get(name);
            Object b = after.get(name);
            if (a instanceof Map<?, ?> && b instanceof Map<?, ?>) {
                changes(JsonTree.asObject(a), JsonTree.asObject(b)).forEach(f -> found.add(name + "." + f));
            } else if (!Objects.equals(a, b)) {
                found.add(name);
            }
        }
        return found;
    }
}
