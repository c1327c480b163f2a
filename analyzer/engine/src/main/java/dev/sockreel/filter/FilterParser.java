package dev.sockreel.filter;

import dev.sockreel.filter.FilterTokens.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Parses words to a filter, a method a production:
 *
 * <pre>
 * filter     = { states } [ expression ] { states }
 * states     = ( "state" | "exclude" ) NAME
 * expression = term { [ "or" | "and" ] term }             from left to right, as in ss
 * term       = "not" term | "(" expression ")" | predicate
 * predicate  = ( "src" | "dst" ) [ "=" | "!=" ] HOST
 *            | ( "sport" | "dport" ) [ OPERATOR ] PORT
 *            | ( "dev" | "fwmark" | "cgroup" ) [ "=" | "!=" ] VALUE
 *            | "autobound"
 *            | FIELD OPERATOR VALUE
 * </pre>
 */
final class FilterParser {
    /** Limit of brackets and {@code not} within one another; more is no filter that a person wrote. */
    static final int MAX_DEPTH = 200;

    private static final String[] STATES = {"state", "exclude", "excl"};
    private static final String[] AND = {"and", "&", "&&"};
    private static final String[] OR = {"or", "|", "||"};
    private static final String[] NOT = {"not", "!"};
    private static final String PREDICATES =
            "src, dst, sport, dport, dev, fwmark, cgroup, autobound or a comparison of a field such as unread > 0";

    private final FilterTokens words;
    private final HostParser hosts;
    private final States states = new States();
    private int depth;

    private FilterParser(FilterTokens words, int preferredFamily) {
        this.words = words;
        this.hosts = new HostParser(preferredFamily);
    }

    static Filter parse(List<String> given, int preferredFamily) {
        return new FilterParser(new FilterTokens(given), preferredFamily).filter();
    }

    private Filter filter() {
        states();
        Condition all = row -> Truth.TRUE;
        Condition expression = words.atEnd() ? all : expression();
        states();
        if (!words.atEnd()) {
            Word word = words.take("");
            throw words.error(
                    word.is(")") ? "no bracket is open here" : "nothing may follow the states at the end", word);
        }
        OptionalInt family = hosts.forcedFamily();
        return new Filter(states.mask(), family, row -> expression.of(row) == Truth.TRUE);
    }

    private void states() {
        while (atStates()) {
            boolean excluding = !words.take("").is("state");
            Word name = words.take("the name of a state is missing; the states are " + States.names());
            Integer mask = States.mask(name.text());
            if (mask == null) {
                throw words.error("there is no state \"" + name.text() + "\"; the states are " + States.names(), name);
            }
            if (excluding) {
                states.exclude(mask);
            } else {
                states.state(mask);
            }
        }
    }

    /** Returns false for {@code state = ESTAB}, which is a comparison. */
    private boolean atStates() {
        words.partGlued();
        return words.nextIs(STATES) && !words.operatorFollows();
    }

    private Condition expression() {
        Condition first = term();
        List<Condition.Link> links = new ArrayList<>();
        while (!words.atEnd() && !words.nextIs(")") && !atStates()) {
            boolean or = words.nextIs(OR);
            if (or || words.nextIs(AND)) {
                words.take("");
            }
            links.add(new Condition.Link(or, term()));
        }
        return links.isEmpty() ? first : new Condition.Chain(first, List.copyOf(links));
    }

    private Condition term() {
        words.partGlued();
        Word word = words.take("a predicate is missing: give " + PREDICATES);
        if (++depth > MAX_DEPTH) {
            throw words.error("brackets and not may be nested at most " + MAX_DEPTH + " levels deep", word);
        }
        Condition term = word.is(NOT) ? term().negated() : word.is("(") ? bracket(word) : predicate(word);
        depth--;
        return term;
    }

    private Condition bracket(Word open) {
        Condition inner = expression();
        if (!words.nextIs(")")) {
            throw words.atEnd()
                    ? words.error("this bracket is not closed; a closing bracket needs blanks around it", open)
                    : misplacedStates(words.take(""));
        }
        words.take("");
        return inner;
    }

    private FilterException misplacedStates(Word word) {
        return words.error("state and exclude must come before or after the whole expression", word);
    }

    private Condition predicate(Word word) {
        return switch (word.text()) {
            case "src", "local" -> host(word, true, false);
            case "dst", "peer" -> host(word, false, false);
            case "sport" -> host(word, true, true);
            case "dport" -> host(word, false, true);
            case "dev" -> simple(word, "a device is missing: give its name or its index", DeviceCondition::parse);
            case "fwmark" -> simple(word, "a mark is missing: give 0x12 or 0x10/0xf0", InetAttributeCondition::mark);
            case "cgroup" -> simple(word, "the number of a cgroup is missing", InetAttributeCondition::cgroup);
            case "autobound" -> Autobound.CONDITION;
            default -> field(word);
        };
    }

    private Condition host(Word predicate, boolean local, boolean portAlone) {
        Operator operator = operator(predicate, portAlone);
        Word value = words.take(portAlone
                ? "a port is missing: give 80, :80 or the name of a service"
                : "an address is missing: give 10.0.0.0/8, 127.0.0.1:80, [::1]:80, :80 or unix:/run/x");
        return parsed(value, text -> hosts.parse(text, local, portAlone, operator));
    }

    private Condition simple(Word predicate, String missing, ValueParser parser) {
        Operator operator = operator(predicate, false);
        Condition condition = parsed(words.take(missing), parser);
        return operator == Operator.EQUAL ? condition : condition.negated();
    }

    private Condition field(Word name) {
        boolean known = FilterFields.isKnown(name.text());
        if (words.nextOperator() == null) {
            throw name.is(STATES) ? misplacedStates(name) : words.error(known
                    ? "a comparison is missing after " + name.text() + ", such as " + name.text() + " = 1"
                    : "\"" + name.text() + "\" is not a predicate: give " + PREDICATES + glued(name), name);
        }
        if (!known) {
            throw words.error("there is no field \"" + name.text() + "\"" + FilterFields.like(name.text()), name);
        }
        Operator operator = operator(name, FilterFields.hasOrder(name.text()));
        Word value = words.take("there is no value to compare " + name.text() + " with");
        return parsed(value, text -> FilterFields.compare(name.text(), operator, text));
    }

    /** Takes the operator; none means =. */
    private Operator operator(Word left, boolean mayBeOrder) {
        Operator operator = words.nextOperator();
        if (operator == null) {
            return Operator.EQUAL;
        }
        Word word = words.take("");
        if (operator.isOrder() && !mayBeOrder) {
            throw words.error(left.text() + " has no order: compare it with = or !=", word);
        }
        return operator;
    }

    private static String glued(Word word) {
        boolean glued = word.text().length() > 1 && (word.text().matches("[!(&|].*") || word.text().endsWith(")"));
        return glued ? "; brackets, ! & and | need blanks around them" : "";
    }

    /** Makes a condition of a value, or throws {@link ValueException}. */
    @FunctionalInterface
    private interface ValueParser {
        Condition parse(String text);
    }

    private Condition parsed(Word value, ValueParser parser) {
        try {
            return parser.parse(value.text());
        } catch (ValueException e) {
            throw words.error(String.valueOf(e.getMessage()), value.place() + e.offset());
        }
    }
}
