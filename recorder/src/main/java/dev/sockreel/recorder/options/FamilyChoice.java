package dev.sockreel.recorder.options;

import dev.sockreel.nlmsg.Family;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * The families to record.
 *
 * <p>Without a list: tcp, udp and unix always; every other one only where /proc says that it is in use, so that
 * recording loads no protocol module nobody uses.
 *
 * @param named ids of the list; empty for that default
 */
public record FamilyChoice(List<String> named) {
    /** tcp, udp, unix, and others where they are in use. */
    public static final FamilyChoice IN_USE = new FamilyChoice(List.of());

    public FamilyChoice {
        named = List.copyOf(named);
    }

    /**
     * @param list ids (tcp4, unix-icons) or kinds (tcp, unix) or {@code all}, with commas between
     * @throws IllegalArgumentException one sentence that names the word that is not a family
     */
    public static FamilyChoice of(String list) {
        Set<String> ids = new LinkedHashSet<>();
        for (String word : list.split(",", -1)) {
            String name = word.strip();
            List<String> found = Family.all().stream()
                    .filter(f -> name.equals("all") || f.id().equals(name) || f.kind().equals(name))
                    .map(Family::id)
                    .toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("'" + name + "' is not a family; use all, "
                        + String.join(", ", Family.all().stream().map(Family::id).toList())
                        + ", or tcp for tcp4 and tcp6, and so on");
            }
            ids.addAll(found);
        }
        return new FamilyChoice(List.copyOf(ids));
    }

    /**
     * Returns the families to ask for, in the order of the table.
     *
     * @param protocols /proc/net/protocols
     * @param readNet   reads a file of /proc/net by its name
     */
    public List<Family> choose(byte[] protocols, Function<String, byte[]> readNet) {
        List<Family> out = new ArrayList<>();
        for (Family family : Family.all()) {
            if (named.isEmpty() ? isInUse(family, protocols, readNet) : named.contains(family.id())) {
                out.add(family);
            }
        }
        return out;
    }

    private static boolean isInUse(Family family, byte[] protocols, Function<String, byte[]> readNet) {
        return switch (family.asked()) {
            case ALWAYS -> true;
            case IF_COUNTED -> sockets(protocols, family.count().protocols()) > 0;
            case IF_LISTED -> family.text() != null && hasRows(readNet.apply(family.text().name()));
        };
    }

    /** Returns the sum of the sockets column of these rows of /proc/net/protocols; a row that is not there counts 0. */
    public static long sockets(byte[] protocols, List<String> rows) {
        return rows.stream().mapToLong(row -> sockets(protocols, row)).sum();
    }

    private static long sockets(byte[] protocols, String row) {
        for (String line : new String(protocols, StandardCharsets.US_ASCII).split("\n", -1)) {
            String[] words = line.strip().split("\\s+", 4);
            if (words.length > 2 && words[0].equals(row)) {
                try {
                    return Long.parseLong(words[2]);
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 0;
    }

    /** Returns whether the text has more than its heading. */
    private static boolean hasRows(byte[] text) {
        int lines = 0;
        for (byte b : text) {
            if (b == '\n' && ++lines > 1) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return named.isEmpty() ? "tcp, udp, unix and others in use" : String.join(",", named);
    }
}
