package dev.sockreel.recorder.options;

import dev.sockreel.nlmsg.Family;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** Reads without a string per line: this is done for each snapshot. */
    private static long sockets(byte[] protocols, String row) {
        byte[] name = row.getBytes(StandardCharsets.US_ASCII);
        for (int line = 0; line < protocols.length; line = next(protocols, line, true)) {
            int first = word(protocols, line);
            int end = next(protocols, first, false);
            if (Arrays.equals(protocols, first, end, name, 0, name.length)) {
                int sockets = word(protocols, next(protocols, word(protocols, end), false));
                return number(protocols, sockets, next(protocols, sockets, false));
            }
        }
        return 0;
    }

    /** Returns where the next line begins, or where this word ends. */
    private static int next(byte[] text, int from, boolean line) {
        int at = from;
        while (at < text.length && text[at] != '\n' && (line || text[at] > ' ')) {
            at++;
        }
        return line ? at + 1 : at;
    }

    /** Returns where the next word of this line begins. */
    private static int word(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] != '\n' && text[at] <= ' ') {
            at++;
        }
        return at;
    }

    private static long number(byte[] text, int from, int to) {
        try {
            return Long.parseLong(new String(text, from, to - from, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return 0;
        }
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
