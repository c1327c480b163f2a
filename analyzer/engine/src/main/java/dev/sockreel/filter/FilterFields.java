package dev.sockreel.filter;

import dev.sockreel.field.Field;
import dev.sockreel.field.FieldValue;
import dev.sockreel.field.OwnerFields;
import dev.sockreel.field.SocketFields;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.AttributeNames;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names that a filter may compare: fields of a socket's JSON and, by its uapi name, each value of its attributes.
 */
public final class FilterFields {
    private enum Kind {
        NUMBER,
        TEXT,
        TRUTH
    }

    /** @param path from the field on, for {@link FieldValues} */
    private record Named(Field<SocketRow> field, Kind kind, String path) {}

    private static final String STATE = "state";
    private static final String NETNS = "netns";
    private static final Map<String, Named> JSON = new TreeMap<>();
    /** Names that are not suggested: options choose snapshots, and {@code state NAME} states. */
    private static final Set<String> UNSUGGESTED = Set.of("snapshot", STATE);

    static {
        SocketFields.ALL.stream().filter(Field::isFiltered).forEach(FilterFields::add);
        // of the socket's own owners the list's name may be left out
        for (String name : List.of("pid", "comm", "fd")) {
            JSON.computeIfAbsent(name, alone -> JSON.get("owners." + alone));
        }
    }

    private static void add(Field<SocketRow> field) {
        switch (field.value()) {
            case FieldValue.Owners<SocketRow> v -> {
                OwnerFields.ALL.stream().filter(Field::isFiltered)
                        .forEach(of -> add(field, kind(of.value()), field.name() + "." + of.name()));
            }
            case FieldValue.Attributes v -> {} // each value has its own name
            default -> add(field, kind(field.value()), field.name());
        }
    }

    private static void add(Field<SocketRow> field, Kind kind, String name) {
        JSON.put(name, new Named(field, kind, "." + name));
    }

    private static Kind kind(FieldValue<?> value) {
        return switch (value) {
            case FieldValue.Number<?> v -> Kind.NUMBER;
            case FieldValue.Digits<?> v -> Kind.NUMBER;
            case FieldValue.Truth<?> v -> Kind.TRUTH;
            case FieldValue.Mark<?> v -> Kind.TRUTH;
            case FieldValue.Text<?> v -> Kind.TEXT;
            case FieldValue.OptionalText<?> v -> Kind.TEXT;
            case FieldValue.Owners<?> v -> throw noValue(v);
            case FieldValue.Threads v -> throw noValue(v);
            case FieldValue.Reasons<?> v -> throw noValue(v);
            case FieldValue.Attributes v -> throw noValue(v);
        };
    }

    private static IllegalArgumentException noValue(FieldValue<?> value) {
        return new IllegalArgumentException("an object cannot be compared: " + value);
    }

    /** Loaded only when a filter names a field that is none of the JSON's own. */
    private static final class Attributes {
        static final Set<String> NAMES = AttributeNames.all();

        /** {@code drops} is all that a row of /proc has; a struct may be named before its field. */
        static boolean isKnown(String name) {
            return name.equals("drops") || NAMES.contains(name.substring(name.lastIndexOf('.') + 1));
        }
    }

    /** Returns whether there is a field, a field of an owner or a value of attributes of that name. */
    public static boolean isKnown(String name) {
        return JSON.containsKey(name) || Attributes.isKnown(name);
    }

    /** Returns all names. */
    public static Set<String> names() {
        Set<String> all = new TreeSet<>(JSON.keySet());
        all.addAll(Attributes.NAMES);
        return all;
    }

    /** Returns the first known value of a field: a BigInteger or a String; null if none is known. */
    public static @Nullable Object firstValue(String name, SocketRow row) {
        Named named = JSON.get(name);
        FieldValues found = new FieldValues(named == null ? "." + name : named.path(), named == null);
        if (named == null) {
            row.attributes(found);
        } else {
            named.field().write(row, found);
        }
        for (FieldValues.Value value : found.values()) {
            switch (value) {
                case FieldValues.Number v -> {
                    return v.number();
                }
                case FieldValues.Text v -> {
                    return v.text();
                }
                case FieldValues.NotKnown v -> {}
            }
        }
        return null;
    }

    /** Returns true for numbers; whether a value of attributes is one shows only in a row. */
    static boolean hasOrder(String name) {
        Named named = JSON.get(name);
        return named == null || named.kind() == Kind.NUMBER;
    }

    /** Returns a suggestion for a name that is not known, as the end of a sentence. */
    static String like(String name) {
        Set<String> own = new TreeSet<>(JSON.keySet());
        own.removeAll(UNSUGGESTED);
        for (Set<String> names : List.of(own, Attributes.NAMES)) {
            for (String known : names) {
                if (known.equalsIgnoreCase(name)) {
                    return "; there is " + known;
                }
            }
        }
        return "; the fields are " + String.join(" ", own) + " and the values of attributes, such as tcpi_rtt";
    }

    /** @throws ValueException one sentence */
    static Condition compare(String name, Operator operator, String text) {
        if (name.equals(STATE)) {
            return state(operator, text);
        }
        if (name.equals(NETNS) && !operator.isOrder()) {
            return namespace(operator, text);
        }
        Named named = JSON.get(name);
        BigInteger number = Numbers.parse(text);
        if (named != null && named.kind() == Kind.NUMBER && number == null) {
            throw new ValueException(name + " is a number, but \"" + text + "\" is not");
        }
        if (named != null && named.kind() == Kind.TRUTH && !text.equals("true") && !text.equals("false")) {
            throw new ValueException(name + " is either true or false");
        }
        if (operator.isOrder() && number == null) {
            throw new ValueException("< and > need a number");
        }
        if (named == null) {
            return new Comparison(null, "." + name, operator, number, new Glob(text));
        }
        BigInteger operand = named.kind() == Kind.TEXT ? null : number;
        return new Comparison(named.field(), named.path(), operator, operand, new Glob(text));
    }

    /** Compares with the names of states and groups. */
    private static Condition state(Operator operator, String text) {
        Integer mask = States.mask(text);
        if (mask == null) {
            throw new ValueException("there is no state \"" + text + "\"; the states are " + States.names());
        }
        Condition equal = row -> row.unknown().containsKey(STATE)
                ? Truth.UNKNOWN : Truth.of(States.isIn(mask, row.socket().stateNumber()));
        return operator == Operator.EQUAL ? equal : equal.negated();
    }

    /**
     * Compares with a namespace's inode, its name or, as {@code host}, with one that has no name. A namespace whose
     * inode and name are not known answers neither = nor !=.
     */
    private static Condition namespace(Operator operator, String text) {
        BigInteger number = Numbers.parse(text);
        Glob name = new Glob(text);
        Condition equal = row -> {
            String own = row.netnsName();
            if (row.netns() == 0 && own == null) {
                return Truth.UNKNOWN;
            }
            return Truth.of((number != null && number.equals(BigInteger.valueOf(row.netns())))
                    || (own == null ? text.equals("host") : name.matches(own)));
        };
        return operator == Operator.EQUAL ? equal : equal.negated();
    }

    private FilterFields() {}
}
