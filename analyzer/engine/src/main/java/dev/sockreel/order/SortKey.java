package dev.sockreel.order;

import dev.sockreel.field.Field;
import dev.sockreel.field.FieldValue;
import dev.sockreel.field.SocketFields;
import dev.sockreel.filter.FilterFields;
import dev.sockreel.snapshot.SocketRow;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One field by which sockets are sorted. Numbers and truths begin with the highest, text with the lowest, unless a
 * direction is given; a number comes before text, and what is not known last, always.
 *
 * @param name      of a field of the table, of an owner's, or of a value of the attributes
 * @param direction null: the one that fits the value
 */
record SortKey(String name, @Nullable Direction direction) {
    enum Direction {
        ASC,
        DESC
    }

    private static final int MAX_CHANGED = 3;

    /** @throws IllegalArgumentException if there is no such field; the message names one like it */
    static SortKey parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        Direction direction = null;
        if (colon >= 0) {
            direction = switch (text.substring(colon + 1)) {
                case "asc" -> Direction.ASC;
                case "desc" -> Direction.DESC;
                default -> throw new IllegalArgumentException(
                        "--sort " + text + ": behind the colon stands asc or desc");
            };
        }
        check(name);
        return new SortKey(name, direction);
    }

    private static void check(String name) {
        Field<SocketRow> field = SocketFields.find(name);
        if (field != null) {
            switch (field.value()) {
                case FieldValue.Owners<SocketRow> v -> throw new IllegalArgumentException(
                        name + " is a list: sort by pid or comm, or by " + name + ".comm");
                case FieldValue.Reasons<SocketRow> v -> throw new IllegalArgumentException(
                        name + " is an object: sort by a field");
                case FieldValue.Attributes v -> throw new IllegalArgumentException(
                        name + " is an object: sort by a value of it, such as tcpi_rtt");
                default -> {}
            }
        } else if (name.isEmpty() || !FilterFields.isKnown(name)) {
            throw new IllegalArgumentException("there is no field \"" + name + "\" to sort by" + like(name));
        }
    }

    /** Returns a suggestion, as the end of a sentence. */
    private static String like(String wrong) {
        Set<String> names = new TreeSet<>(FilterFields.names());
        SocketFields.ALL.forEach(f -> names.add(f.name()));
        String best = null;
        int least = Math.min(MAX_CHANGED, Math.max(1, wrong.length() / 2)) + 1;
        for (String name : names) {
            int changed = changed(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (changed < least) {
                least = changed;
                best = name;
            }
        }
        return best == null ? ": FIELDS.md lists them, such as unread, recvQ, sendQ, tcpi_rtt" : ": did you mean "
                + best + "?";
    }

    /** Returns the number of characters to change, add or remove (Levenshtein distance). */
    private static int changed(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int kept = corner + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(kept, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    /** Returns a BigInteger, a Boolean or a String; null if it is not known. Of several values it is the first. */
    @Nullable
    Object value(SocketRow row) {
        Field<SocketRow> field = SocketFields.find(name);
        return field == null ? FilterFields.firstValue(name, row) : switch (field.value()) {
            case FieldValue.Number<SocketRow> v -> number(v.get(row));
            case FieldValue.Digits<SocketRow> v -> number(v.get(row));
            case FieldValue.Text<SocketRow> v -> v.getter().apply(row);
            case FieldValue.OptionalText<SocketRow> v -> v.getter().apply(row);
            case FieldValue.Truth<SocketRow> v -> v.getter().apply(row);
            default -> null;
        };
    }

    private static @Nullable BigInteger number(@Nullable Object digits) {
        return digits == null ? null : new BigInteger(digits.toString());
    }

    /** Compares two values of the field. */
    int compare(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == b ? 0 : a == null ? 1 : -1;
        }
        boolean text = a instanceof String && b instanceof String;
        int ascending = switch (a) {
            case BigInteger n when b instanceof BigInteger m -> n.compareTo(m);
            case Boolean t when b instanceof Boolean u -> Boolean.compare(t, u);
            case String s when b instanceof String t -> s.compareTo(t);
            default -> 0;
        };
        if (!a.getClass().equals(b.getClass())) {
            return a instanceof String ? 1 : -1;
        }
        return (direction == null ? text : direction == Direction.ASC) ? ascending : -ascending;
    }
}
