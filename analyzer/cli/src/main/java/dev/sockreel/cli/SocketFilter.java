package dev.sockreel.cli;

import dev.sockreel.snapshot.SocketRow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * FILTER of the command line, the one place where it becomes a predicate: {@code state NAME}, {@code exclude NAME},
 * {@code local ADDRESS}, {@code peer ADDRESS}; all must hold.
 */
final class SocketFilter {
    /** @throws IllegalArgumentException one sentence that names the word */
    static Predicate<SocketRow> parse(List<String> words) {
        List<String> states = new ArrayList<>();
        Predicate<SocketRow> all = row -> true;
        for (int i = 0; i < words.size(); i += 2) {
            List<String> pair = words.subList(i, Math.min(i + 2, words.size()));
            switch (pair.getFirst()) {
                case "local", "src" -> {
                    AddressPattern address = address(pair);
                    all = all.and(row -> address.matches(row.socket().local()));
                }
                case "peer", "dst" -> {
                    AddressPattern address = address(pair);
                    all = all.and(row -> address.matches(row.socket().peer()));
                }
                default -> states.addAll(pair);
            }
        }
        StateFilter state = StateFilter.parse(false, states);
        return all.and(row -> state.takes(row.socket().stateNumber()));
    }

    private static AddressPattern address(List<String> pair) {
        if (pair.size() < 2) {
            throw new IllegalArgumentException("`" + pair.getFirst() + "` needs an address: 127.0.0.1:80, [::1]:80 or :80");
        }
        return AddressPattern.parse(pair.getLast()).orElseThrow(() -> new IllegalArgumentException(
                "\"" + pair.getLast() + "\" is no address: give 127.0.0.1:80, [::1]:80 or :80"));
    }

    private SocketFilter() {}
}
