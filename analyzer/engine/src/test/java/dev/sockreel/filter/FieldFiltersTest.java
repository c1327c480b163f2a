package dev.sockreel.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares filters on fields with the rows' JSON. */
class FieldFiltersTest {
    private static final FilterRows ALL = FilterRows.ALL;
    /** The JSON fields that filters cannot compare: addresses and states have their own syntax, others are objects. */
    private static final Set<String> OTHERWISE =
            Set.of("ownersAsOf", "local", "peer", "state", "time", "attributes", "unknown", "owners", "peerOwners",
                    "comm");

    private static List<@Nullable Object> leaves(@Nullable Object value, String name) {
        List<@Nullable Object> found = new ArrayList<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                if (key.equals(name) && !(inner instanceof Map)) {
                    found.addAll(inner instanceof List<?> list ? list : Collections.singletonList(inner));
                } else {
                    found.addAll(leaves(inner, name));
                }
            });
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> found.addAll(leaves(inner, name)));
        }
        return found;
    }

    private static void names(@Nullable Object value, Set<String> into) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                if (!(inner instanceof Map)
                        && !(inner instanceof List<?> l && (l.isEmpty() || l.getFirst() instanceof Map))) {
                    into.add(String.valueOf(key));
                }
                names(inner, into);
            });
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> names(inner, into));
        }
    }

    /** Compares each scalar field of the JSON with the values in the rows. */
    @Test
    void everyFieldOfTheJsonCompares() {
        Map<String, Set<Object>> values = new LinkedHashMap<>();
        ALL.json().forEach(row -> row.forEach((name, value) -> {
            if (!OTHERWISE.contains(name) && value != null) {
                values.computeIfAbsent(name, n -> new LinkedHashSet<>()).add(value);
            }
        }));
        Set<String> least = Set.of("snapshot", "netid", "inode", "cookie", "uid", "ifindex", "recvQ", "sendQ",
                "recvQMeaning",
                "sendQMeaning", "unread", "waiting", "eofUnread", "source", "peerInode", "fileInode", "fileDevice");
        assertTrue(values.keySet().containsAll(least), values.keySet().toString());
        values.forEach((name, all) -> all.stream().limit(6).forEach(value -> {
            assertEquals(ALL.where(row -> value.equals(row.get(name))), ALL.taken(name + " = " + value),
                    name + " = " + value);
            assertEquals(ALL.where(row -> row.get(name) != null && !value.equals(row.get(name))),
                    ALL.taken(name + " != " + value), name + " != " + value);
        }));
    }

    /** Compares each value of an attribute by its name, wherever it is nested. */
    @Test
    void everyAttributeCompares() {
        Set<String> names = new TreeSet<>();
        ALL.json().forEach(row -> names(row.get("attributes"), names));
        names.removeIf(n -> n.matches("[0-9@].*"));
        assertTrue(names.size() > 80 && names.contains("tcpi_rtt") && names.contains("SK_MEMINFO_DROPS"),
                names.toString());
        for (String name : names) {
            List<Object> values = ALL.json().stream()
                    .flatMap(row -> leaves(row.get("attributes"), name).stream())
                    .filter(Objects::nonNull)
                    .filter(v -> !(v instanceof String s) || s.matches("[\\w.:/-]+"))
                    .distinct().limit(3).toList();
            for (Object value : values) {
                assertEquals(ALL.where(row -> leaves(row.get("attributes"), name).contains(value)),
                        ALL.taken(name + " = " + value), name + " = " + value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pid", "owners.pid", "comm", "owners.comm", "fd", "owners.fd", "owners.state",
        "peerOwners.pid", "peerOwners.comm", "peerOwners.fd", "peerOwners.state"})
    void ownersCompare(String field) {
        String name = field.substring(field.indexOf('.') + 1);
        String list = field.startsWith("peer") ? "peerOwners" : "owners";
        List<Object> values = ALL.json().stream().flatMap(row -> leaves(row.get(list), name).stream())
                .filter(Objects::nonNull).distinct().limit(5).toList();
        for (Object value : values) {
            assertEquals(ALL.where(row -> leaves(row.get(list), name).contains(value)),
                    ALL.taken(field + " = " + typed(value)));
        }
        Object no = name.equals("comm") || name.equals("state") ? "no-such" : 999_999_999L;
        assertEquals(Set.of(), ALL.taken(field + " = " + no));
        // A socket without holders matches; one whose owners are unknown does not.
        Set<Integer> known = ALL.where(row -> row.get(list) != null && !leaves(row.get(list), name).contains(null));
        assertEquals(known, ALL.taken(field + " != " + no));
        assertTrue(!values.isEmpty() || field.endsWith("state"), "no values of " + field);
    }

    /** Escapes a value for patterns and for the syntax of filters. */
    private static String typed(Object value) {
        String pattern = String.valueOf(value).replaceAll("[*?\\[\\\\]", "\\\\$0");
        return pattern.replaceAll("[\\\\ ]", "\\\\$0");
    }

    /** An unknown value is neither equal nor unequal, neither more nor less, negated or not. */
    @ParameterizedTest
    @ValueSource(strings = {"unread = 0", "unread != 0", "unread > 0", "unread <= 0", "uid = 0", "uid != 0",
        "cookie != 1",
        "peerInode != 7", "recvQ >= 0", "waiting = true"})
    void whatIsNotKnownIsNoAnswer(String filter) {
        String field = filter.substring(0, filter.indexOf(' '));
        Set<Integer> unknown = ALL.where(row -> row.get(field) == null);
        Set<Integer> taken = ALL.taken(filter);
        Set<Integer> contrary = ALL.taken("not " + filter);
        assertFalse(unknown.isEmpty());
        assertTrue(unknown.stream().noneMatch(i -> taken.contains(i) || contrary.contains(i)), filter);
        assertEquals(ALL.rows().size(), unknown.size() + taken.size() + contrary.size());
    }

    @ParameterizedTest
    @CsvSource({"NETID, netid", "RecvQ, recvQ", "TCPI_RTT, tcpi_rtt"})
    void aNameInTheWrongCaseIsReported(String typed, String meant) {
        FilterException e = assertThrows(
                FilterException.class, () -> Filter.parse(List.of(typed, "=", "1")));
        assertTrue(String.valueOf(e.getMessage()).endsWith("; there is " + meant), e.getMessage());
    }

    @Test
    void patternsAndStates() {
        assertEquals(ALL.where(row -> String.valueOf(row.get("netid")).startsWith("u_")), ALL.taken("netid = u_*"));
        assertEquals(ALL.where(row -> String.valueOf(row.get("netid")).startsWith("u_")),
                ALL.taken("netid=U_?[terg]*"));
        Set<Integer> listeners = ALL.where(row -> "LISTEN".equals(row.get("state")));
        assertTrue(listeners.size() > 5);
        for (String same : List.of("state = listening", "state = LISTEN", "state listening", "not state != listen")) {
            assertEquals(listeners, ALL.taken(same), same);
        }
    }

    /** The syntax of ss allows this comparison, but ss does not make it. */
    @Test
    void peersOfUnixSocketsAreFoundByName() {
        Set<Integer> named = ALL.where(row -> String.valueOf(row.get("netid")).startsWith("u_")
                && String.valueOf(row.get("peer")).matches("/tmp/.*"));
        assertFalse(named.isEmpty());
        assertEquals(named, ALL.taken("dst unix:/tmp/*"));
        assertEquals(named, ALL.taken("peer = /TMP/*"));
    }

    /** A 0 would be an answer, which ss gives for sockets from /proc and to unprivileged users. */
    @Test
    void marksAndDevicesThatAreNotKnownAreNoAnswer() {
        Set<Integer> withoutMark = ALL.where(row -> List.of("tcp", "udp").contains(String.valueOf(row.get("netid")))
                && !JsonTree.asObject(row.get("attributes")).containsKey("INET_DIAG_MARK"));
        assertFalse(withoutMark.isEmpty());
        Set<Integer> taken = ALL.taken("fwmark = 0 or fwmark != 0");
        assertTrue(withoutMark.stream().noneMatch(taken::contains));
        Set<Integer> withoutDevice = ALL.where(row -> row.get("ifindex") == null);
        assertFalse(withoutDevice.isEmpty());
        assertTrue(withoutDevice.stream().noneMatch(ALL.taken("dev != lo")::contains));
    }
}
