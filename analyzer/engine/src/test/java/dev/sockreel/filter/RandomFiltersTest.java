package dev.sockreel.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.fixtures.JsonTree;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Compares random trees of predicates with an evaluation of the rows' JSON, in which null is unknown. */
class RandomFiltersTest {
    private interface Asked extends Function<Map<String, @Nullable Object>, @Nullable Boolean> {}

    private record Tree(String text, Asked asked) {}

    private static final List<String> COMPARISONS = List.of("=", "!=", ">", "<", ">=", "<=");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    private static boolean holds(String comparison, int sign) {
        return switch (comparison) {
            case "=" -> sign == 0;
            case "!=" -> sign != 0;
            case ">" -> sign > 0;
            case "<" -> sign < 0;
            case ">=" -> sign >= 0;
            default -> sign <= 0;
        };
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    private Tree leaf() {
        return switch (random.nextInt(6)) {
            case 0 -> number(one(List.of("unread", "recvQ", "uid", "inode", "peerInode", "ifindex", "fileInode")));
            case 1 -> text("netid", List.of("tcp", "udp", "u_str", "nl"));
            case 2 -> text("source", List.of("proc", "sock_diag"));
            case 3 -> attribute(one(List.of("tcpi_rtt", "tcpi_bytes_received")), "INET_DIAG_INFO");
            case 4 -> comm();
            default -> port(random.nextBoolean());
        };
    }

    private Tree number(String field) {
        String comparison = one(COMPARISONS);
        long than = Math.abs(List.of(0L, 1L, 9L, 4096L, 10_000L).get(random.nextInt(5)));
        return new Tree(field + " " + comparison + " " + than,
                row -> row.get(field) instanceof Long n ? holds(comparison, Long.compare(n, than)) : null);
    }

    private Tree text(String field, List<String> values) {
        String comparison = one(COMPARISONS.subList(0, 2));
        String value = one(values);
        return new Tree(field + comparison + value, row -> holds(comparison, value.equals(row.get(field)) ? 0 : 1));
    }

    private Tree attribute(String name, String struct) {
        String comparison = one(COMPARISONS);
        long than = random.nextInt(3) * 20L;
        return new Tree(name + " " + comparison + " " + than, row -> {
            Object held = JsonTree.asObject(row.get("attributes")).get(struct);
            return held instanceof Map<?, ?> m && m.get(name) instanceof Long n
                    ? holds(comparison, Long.compare(n, than)) : null;
        });
    }

    private Tree comm() {
        String name = one(List.of("python3", "cat", "no-such"));
        boolean equal = random.nextBoolean();
        return new Tree("comm " + (equal ? "=" : "!=") + " " + name, row -> {
            if (row.get("owners") == null) {
                return null;
            }
            return equal == JsonTree.asObjects(row.get("owners")).stream().anyMatch(o -> name.equals(o.get("comm")));
        });
    }

    /** Returns a predicate on the port; all internet sockets have one. */
    private Tree port(boolean local) {
        String comparison = one(COMPARISONS);
        long than = 20_000 + random.nextInt(30) * 100L;
        return new Tree("( " + (local ? "sport " : "dport ") + comparison + " :" + than + " netid = tcp )", row -> {
            if (!"tcp".equals(row.get("netid"))) {
                return false;
            }
            String shown = String.valueOf(row.get(local ? "local" : "peer"));
            String port = shown.substring(shown.lastIndexOf(':') + 1);
            return holds(comparison, Long.compare(port.equals("*") ? 0 : Long.parseLong(port), than));
        });
    }

    private Tree tree(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return leaf();
        }
        if (random.nextInt(3) == 0) {
            Tree inner = tree(depth - 1);
            return new Tree(one(List.of("not", "!")) + " ( " + inner.text() + " )",
                    row -> not(inner.asked().apply(row)));
        }
        Tree chain = bracketed(depth - 1);
        for (int i = random.nextInt(3); i >= 0; i--) {
            Tree left = chain;
            Tree right = bracketed(depth - 1);
            boolean or = random.nextBoolean();
            String word = or ? one(List.of(" or ", " | ", " || ")) : one(List.of(" and ", " & ", " && ", " "));
            chain = new Tree(left.text() + word + right.text(),
                    row -> join(or, left.asked().apply(row), right.asked().apply(row)));
        }
        return chain;
    }

    private Tree bracketed(int depth) {
        Tree inner = tree(depth);
        return new Tree("( " + inner.text() + " )", inner.asked());
    }

    private static @Nullable Boolean not(@Nullable Boolean of) {
        return of == null ? null : !of;
    }

    private static @Nullable Boolean join(boolean or, @Nullable Boolean left, @Nullable Boolean right) {
        if (Boolean.valueOf(or).equals(left) || Boolean.valueOf(or).equals(right)) {
            return or;
        }
        return left == null || right == null ? null : !or;
    }

    @Test
    void takeWhatTheirJsonSays() {
        System.out.println("random filters: seed " + seed);
        FilterRows all = FilterRows.ALL;
        int some = 0;
        for (int i = 0; i < 1_000; i++) {
            Tree tree = tree(4);
            Set<Integer> expected = all.where(row -> Boolean.TRUE.equals(tree.asked().apply(row)));
            assertEquals(expected, all.taken(tree.text()), () -> "seed " + seed + ": " + tree.text());
            some += expected.isEmpty() || expected.size() == all.rows().size() ? 0 : 1;
        }
        assertTrue(some > 100, some + " of 1000 take some, seed " + seed);
    }

    /** A row with an unknown value matches neither a filter nor its negation. */
    @Test
    void noAnswerIsNoAnswerUnderNotEither() {
        FilterRows all = FilterRows.ALL;
        for (int i = 0; i < 300; i++) {
            Tree tree = tree(3);
            Set<Integer> both = all.taken("( " + tree.text() + " ) and not ( " + tree.text() + " )");
            assertEquals(Set.of(), both, () -> "seed " + seed + ": " + tree.text());
            Set<Integer> unknown = all.where(row -> tree.asked().apply(row) == null);
            Set<Integer> either = all.taken("( " + tree.text() + " ) or not ( " + tree.text() + " )");
            assertEquals(all.rows().size() - unknown.size(), either.size(), () -> "seed " + seed + ": " + tree.text());
        }
    }
}
