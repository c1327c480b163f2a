package dev.sockreel.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words of a filter, one after another. Blanks part them, whatever words the shell gave; a backslash takes the
 * meaning from what follows it, so {@code /tmp/a\ b} is one word.
 */
final class FilterTokens {
    /** Limit of a filter's length; more is no filter that a person wrote. */
    static final int MAX_CHARS = 1 << 16;

    /** @param place index of its first character in the text */
    record Word(String text, int place) {
        boolean is(String... spellings) {
            return List.of(spellings).contains(text);
        }
    }

    private static final String OPERATOR = "(==|!=|>=|<=|=|>|<)";
    private static final Pattern GLUED =
            Pattern.compile("([A-Za-z_][A-Za-z0-9_.]*)" + OPERATOR + "(.*)", Pattern.DOTALL);
    private static final Pattern GLUED_OPERATOR = Pattern.compile(OPERATOR + "(?!=)(.+)", Pattern.DOTALL);

    private final String text;
    private final List<Word> words = new ArrayList<>();
    private int next;

    FilterTokens(List<String> given) {
        text = String.join(" ", given);
        if (text.length() > MAX_CHARS) {
            throw error("a filter has at most " + MAX_CHARS + " characters", MAX_CHARS);
        }
        int at = 0;
        while (at < text.length()) {
            at = isBlank(text.charAt(at)) ? at + 1 : word(at);
        }
    }

    /** Reads the word that begins there and returns the index behind it. */
    private int word(int begin) {
        StringBuilder word = new StringBuilder();
        int at = begin;
        while (at < text.length() && !isBlank(text.charAt(at))) {
            at += text.charAt(at) == '\\' ? 1 : 0;
            if (at < text.length()) {
                word.append(text.charAt(at));
                at++;
            }
        }
        words.add(new Word(word.toString(), begin));
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    boolean atEnd() {
        return next == words.size();
    }

    boolean nextIs(String... spellings) {
        return !atEnd() && words.get(next).is(spellings);
    }

    /** Returns whether an operator follows the next word. */
    boolean operatorFollows() {
        return next + 1 < words.size() && operatorAt(next + 1) != null;
    }

    /** Returns the operator that is the next word; null when it is none. */
    @Nullable
    Operator nextOperator() {
        return atEnd() ? null : operatorAt(next);
    }

    private @Nullable Operator operatorAt(int index) {
        part(index, GLUED_OPERATOR);
        return Operator.of(words.get(index).text());
    }

    /** @param missing what should stand here, for the sentence when nothing does */
    Word take(String missing) {
        if (atEnd()) {
            throw error(missing, text.length());
        }
        return words.get(next++);
    }

    /** Parts {@code unread>0} where a predicate begins; elsewhere = may belong to a path. */
    void partGlued() {
        if (!atEnd()) {
            part(next, GLUED);
        }
    }

    private void part(int index, Pattern pattern) {
        Word word = words.get(index);
        Matcher glued = pattern.matcher(word.text());
        if (!glued.matches()) {
            return;
        }
        words.remove(index);
        for (int group = glued.groupCount(); group >= 1; group--) {
            if (glued.end(group) > glued.start(group)) {
                words.add(index, new Word(glued.group(group), word.place() + glued.start(group)));
            }
        }
    }

    FilterException error(String sentence, int place) {
        return new FilterException(sentence, text, Math.min(place, text.length()));
    }

    FilterException error(String sentence, Word word) {
        return error(sentence, word.place());
    }
}
