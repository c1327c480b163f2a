package dev.sockreel.pcap;

import dev.sockreel.capture.record.ReceiveTime;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Facts that sockreel adds to packets, in a comment that people read in Wireshark and that an import of the file
 * reads back:
 *
 * <pre>
 *  sockreel KIND
 *  name: value          a line each; a backslash or a line end in a value is written \\, \n
 *                       an empty line, when a body follows
 *  body
 * </pre>
 *
 * @param kind   host, namespace, snapshot, dump, datagram or text
 * @param fields in their order
 */
public record ReelComment(String kind, Map<String, String> fields, String body) {
    private static final String BEGIN = "sockreel ";
    /** Limit for the fields read from one comment. */
    private static final int MAX_FIELDS = 20_000;

    /** Creates a comment without fields; {@link #put} adds them. */
    public ReelComment(String kind) {
        this(kind, new LinkedHashMap<>(), "");
    }

    public ReelComment put(String name, Object value) {
        fields.put(name, value.toString());
        return this;
    }

    /** Adds a constant, in lower case and with dashes. */
    public ReelComment put(String name, Enum<?> value) {
        return put(name, word(value));
    }

    public ReelComment put(String name, ReceiveTime time) {
        return put(name, time.isKnown()
                ? Instant.ofEpochSecond(0, time.realtimeNs()).toString()
                : "unknown");
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns a constant; null when the field is absent, or is none of them. */
    public <E extends Enum<E>> @Nullable E constant(String name, Class<E> of) {
        String value = fields.get(name);
        return Arrays.stream(of.getEnumConstants()).filter(c -> word(c).equals(value)).findFirst().orElse(null);
    }

    /** Returns a time; unknown when the field is absent, or is no time. */
    public ReceiveTime time(String name) {
        try {
            Instant at = Instant.parse(get(name, ""));
            long ns = Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000_000L), at.getNano());
            return new ReceiveTime(ns, ReceiveTime.UNKNOWN);
        } catch (DateTimeParseException | ArithmeticException e) {
            return ReceiveTime.NONE;
        }
    }

    public ReelComment withBody(String text) {
        return new ReelComment(kind, fields, text);
    }

    public @Nullable String get(String name) {
        return fields.get(name);
    }

    public String get(String name, String absent) {
        return fields.getOrDefault(name, absent);
    }

    /** Returns a number; empty when the field is absent, or is no number. */
    public OptionalLong number(String name) {
        String value = fields.get(name);
        try {
            return value == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Returns an int; 0 when the field is absent, or is no int. */
    public int smallNumber(String name) {
        long value = number(name).orElse(0);
        return value == (int) value ? (int) value : 0;
    }

    /** Parses a comment; returns null when sockreel did not write it. */
    public static @Nullable ReelComment parse(String comment) {
        if (!comment.startsWith(BEGIN)) {
            return null;
        }
        int body = comment.indexOf("\n\n");
        String head = body < 0 ? comment : comment.substring(0, body);
        Map<String, String> fields = new LinkedHashMap<>();
        head.lines().skip(1).limit(MAX_FIELDS).forEach(line -> {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                fields.put(unescaped(line.substring(0, colon)), unescaped(line.substring(colon + 2)));
            }
        });
        String kind = head.lines().findFirst().orElse("").substring(BEGIN.length());
        return new ReelComment(kind, fields, body < 0 ? "" : comment.substring(body + 2));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String value) {
        if (value.indexOf('\\') < 0) {
            return value;
        }
        StringBuilder out = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean escape = c == '\\' && i + 1 < value.length();
            char next = escape ? value.charAt(++i) : c;
            out.append(escape && next == 'n' ? '\n' : escape && next == 'r' ? '\r' : next);
        }
        return out.toString();
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(BEGIN).append(kind);
        fields.forEach((name, value) -> out.append('\n').append(escaped(name)).append(": ").append(escaped(value)));
        return body.isEmpty() ? out.toString() : out.append("\n\n").append(body).toString();
    }
}
