package dev.sockreel.recorder.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what looks like a secret in a command line by {@link #MASK}: values of options, variables, headers and JSON
 * members with a telling name, users in URLs, short options of programs known to take a password, and words that look
 * random. This is best effort: a password without a name, such as a plain second argument, stays.
 *
 * <p>An argument with blanks in it is read as a command of its own ({@code sh -c}, {@code ssh}, a rewritten title),
 * unless it is the value of a secret. One instance per command line.
 */
final class SecretWords {
    static final String MASK = "***";

    private static final Pattern OPTION = Pattern.compile("-{1,2}[A-Za-z][A-Za-z0-9_.-]*");
    private static final Pattern HEADER = Pattern.compile(
            "(-H)?([A-Za-z][A-Za-z0-9_-]*):[ \t]+((?:(?i)bearer|basic|token|digest|negotiate)[ \t]+)?(.+)",
            Pattern.DOTALL);
    private static final Pattern BEARER = Pattern.compile("((?i)\\bbearer)[ \t]+[A-Za-z0-9._~+/=-]{8,}");
    /** The name of a member in JSON; its value follows. */
    private static final Pattern MEMBER = Pattern.compile("([\"'])([A-Za-z0-9_.-]{1,64})\\1[ \t]*:[ \t]*");
    private static final Pattern SHELL_OPTION = Pattern.compile("-[a-z]{0,4}c");

    private static final Pattern PLAIN_USER = Pattern.compile("[a-z]{1,16}");
    /** USER:PASSWORD@HOST without a scheme: a proxy, a data source of Go. */
    private static final Pattern USER_AT_HOST = Pattern.compile(
            "((?:[A-Za-z0-9_.-]+=)?[^\\s:/@=]+):([^\\s@/]+)@(?!sha256:)"
                    + "((?:tcp|unix)\\(.*|[A-Za-z0-9.-]+(?::[0-9]+)?(?:/.*)?)");

    /**
     * An option of a program that has a password as its value.
     *
     * @param program  names of the program's file
     * @param option   the option with its dash
     * @param attached whether the value follows in the same word
     * @param separate whether the value is the next word
     */
    private record ShortOption(Pattern program, String option, boolean attached, boolean separate) {
        ShortOption(String program, String option, boolean attached, boolean separate) {
            this(Pattern.compile(program), option, attached, separate);
        }
    }

    private static final List<ShortOption> SHORT_OPTIONS = List.of(
            new ShortOption("mysql[a-z]*|mariadb(?:-[a-z]+)*", "-p", true, false),
            new ShortOption("sshpass", "-p", true, true),
            new ShortOption("redis-(?:cli|benchmark)|valkey-cli", "-a", false, true),
            new ShortOption("mongo[a-z]*", "-p", false, true),
            new ShortOption("ldap[a-z]+", "-w", true, true),
            new ShortOption("7z[arz]?", "-p", true, false),
            new ShortOption("zip|unzip", "-P", false, true),
            new ShortOption("sqlcmd|bcp|isql|ipmitool|mosquitto_(?:pub|sub)", "-P", true, true),
            new ShortOption("snmp[a-z]+", "-A", false, true),
            new ShortOption("snmp[a-z]+", "-X", false, true),
            new ShortOption("snmp[a-z]+", "-c", false, true),
            new ShortOption("login", "-p", false, true));

    private static final List<String> USER_OPTIONS = List.of("-u", "-U", "--user", "--proxy-user", "--userpwd");

    /** The kind of the next word. */
    private enum Next {
        ANY,
        SECRET,
        USER_AND_PASSWORD,
        COMMAND
    }

    private Next next = Next.ANY;
    private String option = "";
    private String program = "";

    /** Returns the command line, words ending in NUL, with secrets replaced; the same bytes if it has none. */
    static byte[] mask(byte[] cmdline) {
        SecretWords state = new SecretWords();
        String text = new String(cmdline, StandardCharsets.ISO_8859_1);
        String[] words = text.split("\0", -1);
        for (int i = 0; i < words.length; i++) {
            words[i] = i == 0 ? state.first(words[i]) : state.word(words[i]);
        }
        byte[] out = String.join("\0", words).getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.equals(out, cmdline) ? cmdline : out;
    }

    /** Masks the first word, a program's path or a title that the process has written over its command line. */
    private String first(String word) {
        program(word);
        return hasBlank(word) ? command(word) : pairs(urls(word), false);
    }

    private String word(String word) {
        Next kind = next;
        next = Next.ANY;
        if (kind == Next.SECRET && !isOption(word)) {
            return SecretNames.isHarmless(option, word) ? word : MASK;
        }
        if (kind == Next.USER_AND_PASSWORD && !isOption(word)) {
            return userAndPassword(word);
        }
        Matcher header = HEADER.matcher(word);
        if (header.matches() && SecretNames.isSecret(header.group(2))) {
            return word.substring(0, header.start(4)) + MASK;
        }
        if (!hasBlank(word)) {
            return argument(word);
        }
        boolean valueWithBlanks = kind != Next.COMMAND && beginsWithSecret(word);
        return valueWithBlanks ? pairs(word, true) : command(word);
    }

    /** Masks a word with blanks, a command or a list of settings: its parts are words in their turn. */
    private String command(String word) {
        String text = BEARER.matcher(members(word)).replaceAll("$1 " + MASK);
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = partEnd(text, at);
            String part = text.substring(at, end);
            if (part.isBlank()) {
                out.append(part);
            } else if (isQuoted(part)) {
                out.append(part.charAt(0)).append(word(part.substring(1, part.length() - 1)))
                        .append(part.charAt(0));
            } else {
                out.append(hasBlank(part) ? pairs(part, true) : word(part));
            }
            at = end;
        }
        return out.toString();
    }

    /** Returns the end of a run of blanks or of a word; quotes hold words together. */
    private static int partEnd(String text, int from) {
        int at = from;
        if (isBlank(text.charAt(at))) {
            while (at < text.length() && isBlank(text.charAt(at))) {
                at++;
            }
            return at;
        }
        while (at < text.length() && !isBlank(text.charAt(at))) {
            char c = text.charAt(at);
            int close = c == '"' || c == '\'' ? text.indexOf(c, at + 1) : -1;
            at = close < 0 ? at + 1 : close + 1;
        }
        return at;
    }

    private static boolean isQuoted(String part) {
        char first = part.charAt(0);
        return part.length() > 2 && (first == '"' || first == '\'') && part.indexOf(first, 1) == part.length() - 1;
    }

    /** Masks an argument without blanks, and notes what the next one is. */
    private String argument(String word) {
        program(word);
        String shortened = shortOption(word);
        if (shortened != null) {
            return shortened;
        }
        String before = option;
        if (OPTION.matcher(word).matches()) {
            option = word.replaceFirst("^-+", "");
            if (USER_OPTIONS.contains(word)) {
                next = Next.USER_AND_PASSWORD;
            } else if (SecretNames.takesValue(option)) {
                next = Next.SECRET;
            } else if (SHELL_OPTION.matcher(word).matches()) {
                next = Next.COMMAND;
            }
            return RandomWords.mask(word, "");
        }
        option = "";
        return RandomWords.mask(pairs(urls(members(word)), false), before);
    }

    private void program(String word) {
        String name = word.substring(word.lastIndexOf('/') + 1);
        for (ShortOption known : SHORT_OPTIONS) {
            if (known.program().matcher(name).matches()) {
                program = name;
            }
        }
    }

    /** Masks a password in a short option of a known program; null when it is none. */
    private @Nullable String shortOption(String word) {
        for (ShortOption known : SHORT_OPTIONS) {
            if (word.startsWith(known.option()) && known.program().matcher(program).matches()) {
                if (word.length() == known.option().length() && known.separate()) {
                    option = "password";
                    next = Next.SECRET;
                    return word;
                }
                if (word.length() > known.option().length() && known.attached()) {
                    return known.option() + MASK;
                }
            }
        }
        return null;
    }

    /** Masks the second part of USER:PASSWORD (or USER%PASSWORD); two numbers are ids of user and group. */
    private static String userAndPassword(String word) {
        int colon = word.indexOf(word.indexOf(':') < 0 ? '%' : ':');
        boolean ids = word.matches("[0-9]*:[0-9]*");
        return colon < 0 || ids || colon == word.length() - 1 ? word : word.substring(0, colon + 1) + MASK;
    }

    /** Masks the user and password of URLs, also where the password is not encoded and holds slashes. */
    private static String urls(String word) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int url = word.indexOf("://"); url >= 0; url = word.indexOf("://", Math.max(at, url + 3))) {
            int begin = url + 3;
            int end = userEnd(word, begin);
            if (end > begin && !PLAIN_USER.matcher(word.substring(begin, end)).matches()) {
                out.append(word, at, begin).append(MASK);
                at = end;
            }
        }
        String masked = out.append(word, at, word.length()).toString();
        Matcher plain = USER_AT_HOST.matcher(masked);
        return plain.matches() ? plain.group(1) + ":" + MASK + "@" + plain.group(3) : masked;
    }

    /** Returns where the "@" after a URL's user is, -1 when it has none. */
    private static int userEnd(String word, int begin) {
        int end = begin;
        while (end < word.length() && "/?#\"'<>".indexOf(word.charAt(end)) < 0) {
            end++;
        }
        int at = word.lastIndexOf('@', end - 1);
        if (at >= begin) {
            return at;
        }
        String authority = word.substring(begin, end);
        int colon = authority.indexOf(':');
        boolean port = colon < 0 || authority.startsWith("[") || authority.substring(colon + 1).matches("[0-9]*");
        return port ? -1 : word.indexOf('@', end);
    }

    private static String members(String word) {
        StringBuilder out = new StringBuilder();
        Matcher member = MEMBER.matcher(word);
        int at = 0;
        while (member.find(at)) {
            int end = memberEnd(word, member.end());
            String value = word.substring(member.end(), end);
            boolean secret = SecretNames.isSecret(member.group(2)) && !SecretNames.isHarmless(member.group(2), value);
            out.append(word, at, member.end()).append(secret ? '"' + MASK + '"' : "");
            at = secret ? end : member.end();
        }
        return out.append(word, at, word.length()).toString();
    }

    /** Returns the end of a value in JSON: after the closing quote, or before what follows a number or word. */
    private static int memberEnd(String word, int begin) {
        int at = begin;
        if (at < word.length() && (word.charAt(at) == '"' || word.charAt(at) == '\'')) {
            char quote = word.charAt(at++);
            while (at < word.length() && word.charAt(at) != quote) {
                at += word.charAt(at) == '\\' ? 2 : 1;
            }
            return Math.min(word.length(), at + 1);
        }
        while (at < word.length() && word.charAt(at) != ',' && word.charAt(at) != '}' && !isBlank(word.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean beginsWithSecret(String word) {
        int equals = word.indexOf('=');
        return equals > 0 && nameBegin(word, equals) == 0 && SecretNames.isSecret(name(word, 0, equals));
    }

    /** Masks values in NAME=VALUE anywhere in a word. */
    private static String pairs(String word, boolean toEnd) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int equals = word.indexOf('='); equals >= 0; equals = word.indexOf('=', Math.max(at, equals + 1))) {
            int begin = nameBegin(word, equals);
            String name = name(word, begin, equals);
            if (begin >= at && SecretNames.isSecret(name)) {
                int end = toEnd ? word.length() : valueEnd(word, begin, equals + 1);
                String value = word.substring(equals + 1, end);
                boolean harmless = SecretNames.isHarmless(name, unquoted(value));
                out.append(word, at, equals + 1).append(harmless ? value : MASK);
                at = end;
            }
        }
        return out.append(word, at, word.length()).toString();
    }

    private static int nameBegin(String word, int equals) {
        int begin = equals;
        while (begin > 0 && isNameChar(word.charAt(begin - 1))) {
            begin--;
        }
        return begin;
    }

    private static String name(String word, int begin, int equals) {
        return word.substring(begin, equals);
    }

    /** Returns the end of a value: the word's, if the name begins it, else the next separator with a name. */
    private static int valueEnd(String word, int nameBegin, int from) {
        if (nameBegin == 0) {
            return word.length();
        }
        char before = word.charAt(nameBegin - 1);
        if (before == '?' || before == '&') {
            int end = from;
            while (end < word.length() && "&#".indexOf(word.charAt(end)) < 0) {
                end++;
            }
            return end;
        }
        for (int i = from; i < word.length(); i++) {
            if (",;&".indexOf(word.charAt(i)) >= 0 && beginsPair(word, i + 1)) {
                return i;
            }
        }
        return word.length();
    }

    private static boolean beginsPair(String word, int from) {
        int at = from;
        while (at < word.length() && isNameChar(word.charAt(at))) {
            at++;
        }
        return at == word.length() ? at == from : at > from && word.charAt(at) == '=';
    }

    private static String unquoted(String value) {
        return isQuoted(value.isEmpty() ? "-" : value) ? value.substring(1, value.length() - 1) : value;
    }

    private static boolean isNameChar(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "_.-[]".indexOf(c) >= 0;
    }

    private static boolean isOption(String word) {
        return word.startsWith("--") && word.length() > 2 || word.length() == 2 && word.charAt(0) == '-';
    }

    private static boolean hasBlank(String word) {
        return word.chars().anyMatch(c -> isBlank((char) c));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }
}
