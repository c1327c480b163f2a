package dev.sockreel.cli.choosing;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.UnixAddress;
import dev.sockreel.filter.Filter;
import dev.sockreel.filter.FilterException;
import dev.sockreel.snapshot.SocketRow;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.wording.PrintableName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * SOCKET of the command line: words that should name one socket.
 *
 * @param text    the words as given
 * @param takes   true for rows that match
 * @param binding true if the words name a bound file or name. Then a listener is meant, not the connections that it
 *                accepted, which have the same name
 */
public record SocketSpec(String text, Predicate<SocketRow> takes, boolean binding) {
    public static final String FORMS = "a cookie, ino:N, path:/x, @abstract, file-ino:N, an address pair "
            + "(127.0.0.1:80 127.0.0.1:5000) or a filter that matches one socket (state listening src :80)";

    /** Separators between the two addresses of a pair, longer ones first. */
    private static final List<String> BETWEEN = List.of("<-", "->", ",", "-");

    /** @throws IllegalArgumentException if the words do not name a socket */
    public static SocketSpec parse(List<String> given) {
        String text = String.join(" ", given).strip();
        List<String> words =
                Arrays.stream(text.split("\\s+")).filter(w -> !BETWEEN.contains(w)).toList();
        if (text.isEmpty() || words.isEmpty()) {
            throw new IllegalArgumentException("no socket given: use " + FORMS);
        }
        if (text.startsWith("path:") || text.startsWith("/") || text.startsWith("@")) {
            return named(text, text.startsWith("path:") ? text.substring("path:".length()) : text);
        }
        Optional<SocketSpec> one = switch (words.size()) {
            case 1 -> word(words.getFirst());
            case 2 -> pair(text, words.getFirst(), words.getLast());
            default -> Optional.empty();
        };
        return one.orElseGet(() -> new SocketSpec(text, Filter.parse(given)::takes, false));
    }

    private static Optional<SocketSpec> word(String word) {
        if (word.matches("[0-9]+")) {
            return Optional.of(number(word, word, 10, Socket::cookie, false));
        }
        int colon = word.indexOf(':');
        String number = word.substring(colon + 1);
        Optional<SocketSpec> prefixed = switch (word.substring(0, Math.max(0, colon))) {
            case "cookie" -> Optional.of(number(word, number, 10, Socket::cookie, false));
            // the form that ss -e prints
            case "sk" -> Optional.of(number(word, number, 16, Socket::cookie, false));
            case "ino" -> Optional.of(number(word, number, 10, Socket::inode, false));
            case "file-ino" -> Optional.of(number(word, number, 10, Socket::fileInode, true));
            default -> Optional.empty();
        };
        return prefixed
                .or(() -> addresses("src", word).map(own -> new SocketSpec(word, own::takes, false)))
                .or(() -> split(word));
    }

    private static SocketSpec number(String word, String digits, int radix, ToLongFunction<Socket> field,
            boolean binding) {
        long wanted;
        try {
            wanted = Long.parseUnsignedLong(digits, radix);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + word + "\" is not a valid number for a socket", e);
        }
        if (wanted == 0) {
            throw new IllegalArgumentException("\"" + word + "\": no socket has the number 0");
        }
        return new SocketSpec(word, row -> field.applyAsLong(row.socket()) == wanted, binding);
    }

    /** @param name of a unix socket, raw or with {@code \xnn} escapes as printed */
    private static SocketSpec named(String text, String name) {
        String printed = PrintableName.of(name);
        Set<String> accepted = Set.copyOf(List.of(name, printed));
        return new SocketSpec(
                text,
                row -> row.socket().local() instanceof UnixAddress own && accepted.contains(AddressText.of(own)), true);
    }

    /** Splits one word that holds both addresses; empty if it does not. */
    private static Optional<SocketSpec> split(String word) {
        for (String between : BETWEEN) {
            for (int at = word.indexOf(between); at >= 0; at = word.indexOf(between, at + 1)) {
                Optional<SocketSpec> pair =
                        pair(word, word.substring(0, at), word.substring(at + between.length()));
                if (pair.isPresent()) {
                    return pair;
                }
            }
        }
        return Optional.empty();
    }

    /** Returns a spec for an address pair, the socket's own address first; empty if either is not an address. */
    private static Optional<SocketSpec> pair(String text, String local, String peer) {
        Optional<Filter> own = addresses("src", local);
        Optional<Filter> other = addresses("dst", peer);
        return own.isEmpty() || other.isEmpty()
                ? Optional.empty()
                : Optional.of(new SocketSpec(text, row -> own.get().takes(row) && other.get().takes(row), false));
    }

    /** Returns a filter for one end; empty if the word is not an address with a port. */
    private static Optional<Filter> addresses(String end, String word) {
        if (!word.contains(":")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Filter.parse(List.of(end, "=", word)));
        } catch (FilterException e) {
            return Optional.empty();
        }
    }
}
