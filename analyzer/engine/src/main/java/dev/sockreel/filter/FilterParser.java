package dev.sockreel.filter;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Words to a filter; so far the states alone. */
final class FilterParser {
    static Filter parse(List<String> words, int preferredFamily) {
        String text = String.join(" ", words);
        States states = new States();
        int place = 0;
        for (int i = 0; i < words.size(); i += 2) {
            String verb = words.get(i);
            boolean excluding = verb.equals("exclude") || verb.equals("excl");
            if (!excluding && !verb.equals("state")) {
                throw new FilterException("\"" + verb + "\" is not understood", text, place);
            }
            place += verb.length() + 1;
            if (i + 1 == words.size()) {
                throw new FilterException("the name of a state is missing: " + States.names(), text, text.length());
            }
            String name = words.get(i + 1).toLowerCase(Locale.ROOT);
            Integer mask = States.mask(name);
            if (mask == null) {
                throw new FilterException("there is no state \"" + name + "\"; there are " + States.names(), text, place);
            }
            if (excluding) {
                states.exclude(mask);
            } else {
                states.state(mask);
            }
            place += name.length() + 1;
        }
        return new Filter(states.mask(), OptionalInt.empty(), row -> true);
    }

    private FilterParser() {}
}
