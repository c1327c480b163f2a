package dev.sockreel.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * A pattern as fnmatch(3) reads it with FNM_CASEFOLD alone: {@code *} and {@code ?} take anything, a slash too,
 * {@code [a-z]}, {@code [!a]}, {@code [[:digit:]]} and {@code [[.-.]]} one character of a set, a backslash makes the
 * next one itself. Matched in time of pattern × text.
 */
final class Glob {
    private static final IntPredicate ANY_RUN = c -> true;

    private final List<IntPredicate> parts = new ArrayList<>();
    private final String pattern;

    Glob(String text) {
        pattern = text.toLowerCase(Locale.ROOT);
        int at = 0;
        while (at < pattern.length()) {
            at = part(at);
        }
    }

    /** Adds the part that begins there and returns the index behind it. */
    private int part(int at) {
        char c = pattern.charAt(at);
        switch (c) {
            case '*' -> parts.add(ANY_RUN);
            case '?' -> parts.add(x -> true);
            case '[' -> {
                return set(at);
            }
            case '\\' -> {
                // nothing to escape: fnmatch matches nothing then
                boolean last = at + 1 == pattern.length();
                parts.add(last ? x -> false : is(pattern.charAt(at + 1)));
                return at + 2;
            }
            default -> parts.add(is(c));
        }
        return at + 1;
    }

    private static IntPredicate is(int c) {
        return x -> x == c;
    }

    /** Adds the set that begins there; a bracket that nothing closes is itself. */
    private int set(int begin) {
        int at = begin + 1;
        boolean not = at < pattern.length() && (pattern.charAt(at) == '!' || pattern.charAt(at) == '^');
        at += not ? 1 : 0;
        IntPredicate in = x -> false;
        boolean readable = true;
        for (int first = at; at < pattern.length();) {
            if (pattern.charAt(at) == ']' && at > first) {
                parts.add(!not ? in : readable ? in.negate() : x -> false);
                return at + 1;
            }
            if (pattern.startsWith("[.", at)) {
                int symbolEnd = pattern.indexOf(".]", at + 2);
                if (symbolEnd < 0) {
                    parts.add(x -> false);
                    return pattern.length();
                }
                // the C locale knows symbols of one character; fnmatch gives up at any other
                readable &= symbolEnd == at + 3;
                in = readable ? in.or(is(pattern.charAt(at + 2))) : in;
                at = symbolEnd + 2;
                continue;
            }
            int classEnd = pattern.startsWith("[:", at) ? pattern.indexOf(":]", at + 2) : -1;
            if (classEnd > 0) {
                in = readable ? in.or(named(pattern.substring(at + 2, classEnd))) : in;
                at = classEnd + 2;
                continue;
            }
            at += pattern.charAt(at) == '\\' && at + 1 < pattern.length() ? 1 : 0;
            int from = pattern.charAt(at);
            int to = from;
            at++;
            if (at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
                at += pattern.charAt(at + 1) == '\\' && at + 2 < pattern.length() ? 2 : 1;
                to = pattern.charAt(at);
                at++;
            }
            int last = to;
            in = readable ? in.or(x -> x >= from && x <= last) : in;
        }
        parts.add(is('['));
        return begin + 1;
    }

    /** Returns a class of the C locale; letters are compared in lower case. */
    private static IntPredicate named(String name) {
        return switch (name) {
            case "alpha", "lower", "upper" -> x -> x >= 'a' && x <= 'z';
            case "digit" -> x -> x >= '0' && x <= '9';
            case "alnum" -> x -> (x >= 'a' && x <= 'z') || (x >= '0' && x <= '9');
            case "xdigit" -> x -> (x >= 'a' && x <= 'f') || (x >= '0' && x <= '9');
            case "space" -> x -> x == ' ' || (x >= 9 && x <= 13);
            case "blank" -> x -> x == ' ' || x == 9;
            case "punct" -> x -> x > ' ' && x < 127 && !Character.isLetterOrDigit(x);
            case "graph" -> x -> x > ' ' && x < 127;
            case "print" -> x -> x >= ' ' && x < 127;
            case "cntrl" -> x -> x < ' ' || x == 127;
            default -> x -> false;
        };
    }

    boolean matches(String given) {
        String text = given.toLowerCase(Locale.ROOT);
        int part = 0;
        int at = 0;
        int runPart = -1;
        int runAt = 0;
        while (at < text.length()) {
            if (part < parts.size() && parts.get(part) == ANY_RUN) {
                runPart = ++part;
                runAt = at;
            } else if (part < parts.size() && parts.get(part).test(text.charAt(at))) {
                part++;
                at++;
            } else if (runPart >= 0) {
                part = runPart;
                at = ++runAt;
            } else {
                return false;
            }
        }
        while (part < parts.size() && parts.get(part) == ANY_RUN) {
            part++;
        }
        return part == parts.size();
    }
}
