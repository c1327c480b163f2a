package dev.sockreel.recorder.process;

import java.util.Locale;
import java.util.regex.Pattern;

/** Decides by the name of an option, variable or header whether its value is a secret. */
final class SecretNames {
    /** What counts of a longer name is its end. */
    private static final int MAX_NAME_CHARS = 128;

    /** Words in names whose values are secrets whatever they look like. */
    private static final Pattern STRONG = Pattern.compile("pass|pwd|secret|cookie");

    /** Words in names whose values may also be numbers or paths of files. */
    private static final Pattern WEAK = Pattern.compile("token|key|auth|cred");

    /** Longer words that contain these and mean something else. */
    private static final Pattern INNOCENT = Pattern.compile(
            "key(?:space|board|map|word|note|frame)|(?:hot|mon|tur|don|joc)key|passive|passthrough|passenger|bypass"
                    + "|compass|compasses|author(?!i[sz])|tokeni[sz]|(?:max|min|num|n|new|batched|context)[-_a-z]*tokens?$");

    /** Options that look like these and take no value. */
    private static final Pattern NO_VALUE =
            Pattern.compile("(?:no|ask|without|skip|disable|enable|require|allow|use)-.*"
                    + "|.*-(?:stdin|prompt|only)");

    /** Names of places of secrets. */
    private static final Pattern PLACE =
            Pattern.compile(
                    "(?:file|path|dir|directory|folder|store|location|root|home|conf|config|socket)s?(?:-?name)?$");

    private static final Pattern WORD_OF_CHOICE = Pattern.compile(
            "(?i)true|false|yes|no|on|off|none|null|auto|always|never|optional|required|disabled|enabled|prompt");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?[A-Za-z_][A-Za-z0-9_]*\\}?|%[a-z]|\\*{3}");
    private static final Pattern SMALL_NUMBER = Pattern.compile("[0-9]{1,5}");
    private static final Pattern PATH_BEGIN = Pattern.compile("^(?:file:)?(?:~|\\.{1,2})?/");
    private static final Pattern KEY_FILE = Pattern.compile(
            "[A-Za-z0-9._/@+-]+\\.(?:pem|key|pub|crt|cer|p12|pfx|jks|keystore|conf|cfg|json|ya?ml|properties|txt|ini)");

    /** Returns whether values of this name are secrets, unless {@link #isHarmless}. */
    static boolean isSecret(String name) {
        String plain = plain(name);
        return STRONG.matcher(plain).find() || WEAK.matcher(plain).find();
    }

    /** Returns whether an option of this name has its value in the next word. */
    static boolean takesValue(String option) {
        return isSecret(option) && !NO_VALUE.matcher(option.toLowerCase(Locale.ROOT)).matches();
    }

    /** Returns whether a value of a secret's name is none: a choice, a variable, a small number, a file. */
    static boolean isHarmless(String name, String value) {
        if (value.isEmpty() || WORD_OF_CHOICE.matcher(value).matches() || VARIABLE.matcher(value).matches()) {
            return true;
        }
        String plain = plain(name);
        boolean strong = STRONG.matcher(plain).find();
        if (PLACE.matcher(plain).find()) {
            return pathDepth(value) >= 1 || KEY_FILE.matcher(value).matches();
        }
        return !strong && (SMALL_NUMBER.matcher(value).matches()
                || KEY_FILE.matcher(value).matches()
                || pathDepth(value) >= 2 && !RandomWords.mayHold(value));
    }

    /** Returns how many names a path has that begins with a slash, a dot or a tilde; 0 when it is none. */
    private static int pathDepth(String value) {
        String path = PATH_BEGIN.matcher(value).replaceFirst("/");
        int depth = 0;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && "/._@+:-".indexOf(c) < 0) {
                return 0;
            }
            depth += c != '/' && i > 0 && path.charAt(i - 1) == '/' ? 1 : 0;
        }
        return path.startsWith("/") ? depth : 0;
    }

    private static String plain(String name) {
        String end = name.substring(Math.max(0, name.length() - MAX_NAME_CHARS));
        return INNOCENT.matcher(end.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    private SecretNames() {}
}
