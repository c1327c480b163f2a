package dev.sockreel.filter;

import dev.sockreel.sockdiag.AttributeNames;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The fields that a filter may compare: those of a socket's JSON and, by its uapi name, each value of its attributes. */
final class FilterFields {
    private enum Kind {
        NUMBER, TEXT, TRUTH
    }

    /** @param path within the JSON */
    private record Field(Kind kind, String path) {}

    private static final Map<String, Field> JSON = new TreeMap<>();

    static {
        add(Kind.NUMBER, "netns", "inode", "cookie", "uid", "ifindex", "recvQ", "sendQ", "unread", "peerInode",
                "fileInode",
                "fileDevice");
        add(Kind.TEXT, "netid", "interface", "recvQMeaning", "sendQMeaning", "source");
        add(Kind.TRUTH, "waiting", "eofUnread");
        for (String owners : new String[] {"owners", "peerOwners"}) {
            add(Kind.NUMBER, owners + ".pid", owners + ".fd");
            add(Kind.TEXT, owners + ".comm", owners + ".state");
        }
        for (String name : new String[] {"pid", "comm", "fd"}) {
            Field field = JSON.get("owners." + name);
            if (field != null) {
                JSON.put(name, field);
            }
        }
    }

    /** Asked for only when a filter names a field that is none of the JSON's own. */
    private static final class Attributes {
        static final Set<String> NAMES = AttributeNames.all();

        /** {@code drops} is all that a row of /proc has; a struct may be named before its field. */
        static boolean isKnown(String name) {
            return name.equals("drops") || NAMES.contains(name.substring(name.lastIndexOf('.') + 1));
        }
    }

    private static void add(Kind kind, String... names) {
        for (String name : names) {
            JSON.put(name, new Field(kind, "." + name));
        }
    }

    static boolean isKnown(String name) {
        return name.equals("state") || name.equals("snapshot") || JSON.containsKey(name) || Attributes.isKnown(name);
    }

    /** Numbers have; of values of attributes it shows only in a row. */
    static boolean hasOrder(String name) {
        Field field = JSON.get(name);
        return field == null ? !name.equals("state") : field.kind() == Kind.NUMBER;
    }

    /** What may have been meant instead, as the end of a sentence. */
    static String like(String name) {
        for (Set<String> names : new Set[] {JSON.keySet(), Attributes.NAMES}) {
            for (String known : names) {
                if (known.equalsIgnoreCase(name)) {
                    return "; there is " + known;
                }
            }
        }
        return "; there are " + String.join(" ", JSON.keySet()) + " and the values of attributes, such as tcpi_rtt";
    }

    /** @throws ValueException one sentence */
    static Condition compare(String name, Operator operator, String text) {
        if (name.equals("state")) {
            return state(operator, text);
        }
        Field field = JSON.get(name);
        BigInteger number = Numbers.parse(text);
        if ((name.equals("snapshot") || (field != null && field.kind() == Kind.NUMBER)) && number == null) {
            throw new ValueException(name + " is a number, and \"" + text + "\" is none");
        }
        if (field != null && field.kind() == Kind.TRUTH && !text.equals("true") && !text.equals("false")) {
            throw new ValueException(name + " is true or false");
        }
        if (operator.isOrder() && number == null) {
            throw new ValueException("more and less need a number");
        }
        if (name.equals("snapshot") && number != null) {
            return row -> Truth.of(operator.holds(BigInteger.valueOf(row.snapshot()).compareTo(number)));
        }
        String path = field == null ? "." + name : field.path();
        boolean asText = field != null && field.kind() == Kind.TEXT;
        return new Comparison(path, field == null, operator, asText ? null : number, new Glob(text));
    }

    /** Names of states and groups, as behind {@code state}. */
    private static Condition state(Operator operator, String text) {
        Integer mask = States.mask(text);
        if (mask == null) {
            throw new ValueException("there is no state \"" + text + "\"; there are " + States.names());
        }
        Condition equal = row -> row.unknown().containsKey("state")
                ? Truth.UNKNOWN : Truth.of(States.isIn(mask, row.socket().stateNumber()));
        return operator == Operator.EQUAL ? equal : equal.negated();
    }

    private FilterFields() {}
}
