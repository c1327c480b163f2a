package dev.sockreel.unseen;

import dev.sockreel.nlmsg.Family;
import dev.sockreel.wording.Counted;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Phrases that several sentences share. */
final class UnseenPhrases {
    /** Returns {@code a}, {@code a and b} or {@code a, b and c}. */
    static String list(Collection<String> words) {
        List<String> all = List.copyOf(words);
        if (all.size() < 2) {
            return String.join("", all);
        }
        return String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.getLast();
    }

    /** Returns the kinds of these families: tcp for both tcp4 and tcp6. */
    static Set<String> kinds(Collection<String> families) {
        Set<String> kinds = new LinkedHashSet<>();
        families.forEach(f -> kinds.add(Family.kindOf(f)));
        return kinds;
    }

    /** Returns {@code 1 unix socket} or {@code 118 unix sockets}. */
    static String sockets(long count, String kind) {
        return Counted.of(count, (kind.isEmpty() ? "" : kind + " ") + "socket");
    }

    /** Returns {@code queues of 118 unix sockets are unknown}. */
    static String unknown(String what, long count, String kind) {
        return what + " of " + sockets(count, kind) + " are unknown";
    }

    /** Returns what the text of /proc/net does not show of a family. */
    static String lackOf(String family) {
        Family row = Family.ofIdOrKind(family);
        return row == null ? "" : row.textLacks();
    }

    /**
     * Returns {@code it is not known whether there are tcp and udp6 sockets}; a protocol with both families is named
     * once.
     */
    static String whether(Collection<String> families) {
        Set<String> names = new LinkedHashSet<>();
        for (String family : families) {
            String kind = Family.kindOf(family);
            names.add(families.contains(kind + "4") && families.contains(kind + "6") ? kind : family);
        }
        return "it is not known whether there are " + list(names) + " sockets";
    }

    private UnseenPhrases() {}
}
