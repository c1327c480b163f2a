package dev.sockreel.cli.usage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;
import picocli.CommandLine;

/** Words what picocli finds wrong with a command line, so that none of its own messages is seen. */
public final class UsageSentence {
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[\\w][\\w-]*");
    private static final Pattern GIVEN = Pattern.compile("=\\{([^}]*)\\}");
    /** The begins of picocli's messages where its exceptions do not tell. */
    private static final String UNKNOWN_COMMAND = "Unknown subcommand";
    private static final String ABSENT = "Missing required option";
    private static final Set<Class<?>> WHOLE_NUMBERS =
            Set.of(int.class, long.class, Integer.class, Long.class, short.class, Short.class);

    /** Returns the sentence, without the name of the command. */
    public static String of(ParameterException e) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        return switch (e) {
            case UnmatchedArgumentException u -> unmatched(u, command);
            case MissingParameterException m -> missing(m);
            case MutuallyExclusiveArgsException m -> exclusive(options(message(m)));
            case MaxValuesExceededException m -> exclusive(given(message(m)));
            case OverwrittenOptionException o -> twice(name(o.getOverwritten()));
            default -> {
                ArgSpec arg = e.getArgSpec();
                String value = e.getValue();
                if (value != null && message(e).startsWith(UNKNOWN_COMMAND)) {
                    yield command(value, command);
                }
                yield arg == null || value == null ? message(e) : invalid(arg, value, e);
            }
        };
    }

    private static String unmatched(UnmatchedArgumentException e, CommandSpec command) {
        String word = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().getFirst();
        if (word.startsWith("-")) {
            return option(word, command);
        }
        return command.subcommands().isEmpty() ? "\"" + word + "\" is one argument too many" : command(word, command);
    }

    private static String option(String word, CommandSpec command) {
        int value = word.indexOf('=');
        String name = value < 0 ? word : word.substring(0, value);
        List<String> names = command.options().stream()
                .filter(o -> !o.hidden())
                .flatMap(o -> Arrays.stream(o.names()))
                .filter(n -> n.startsWith("--"))
                .toList();
        return "no option \"" + name + "\"" + meant(Guess.of(name, names));
    }

    private static String command(String word, CommandSpec command) {
        Path file = Words.path(word);
        if (file != null && file.toFile().exists()) {
            return "\"" + word + "\" is a file: a command comes first, as in sockreel info " + ShellWords.quoted(word);
        }
        return "no command \"" + word + "\"" + meant(Guess.of(word, command.root().subcommands().keySet()));
    }

    private static String meant(@Nullable String guess) {
        return guess == null ? "" : ": did you mean " + guess + "?";
    }

    private static String missing(MissingParameterException e) {
        List<ArgSpec> args = e.getMissing();
        if (args.size() == 1 && args.getFirst() instanceof OptionSpec option && !message(e).startsWith(ABSENT)) {
            return name(option) + " needs a value: " + option.paramLabel();
        }
        List<String> names = new ArrayList<>();
        for (ArgSpec arg : args) {
            names.add(arg instanceof OptionSpec option
                    ? option.shortestName() + " " + option.paramLabel() : arg.paramLabel());
        }
        return names.isEmpty() ? message(e) : joined(names, "and") + (names.size() == 1 ? " is" : " are") + " missing";
    }

    private static String exclusive(Collection<String> options) {
        Set<String> different = new LinkedHashSet<>(options);
        return different.size() == 1 ? twice(different.iterator().next())
                : joined(List.copyOf(different), "and") + " exclude each other: give one of them";
    }

    private static String twice(String option) {
        return option + " is given twice";
    }

    /** Returns the options that a message names. */
    private static List<String> options(String message) {
        return OPTION.matcher(message).results().map(MatchResult::group).toList();
    }

    /** Returns the options that were given, of the groups that a message shows. */
    private static List<String> given(String message) {
        return GIVEN.matcher(message).results().flatMap(m -> options(m.group(1)).stream()).toList();
    }

    private static String invalid(ArgSpec arg, String value, ParameterException e) {
        String name = name(arg) + " ";
        String quoted = "\"" + value + "\"";
        Class<?> type = arg.auxiliaryTypes().length > 0 ? arg.auxiliaryTypes()[0] : arg.type();
        if (type.isEnum()) {
            List<String> allowed = Arrays.stream(type.getEnumConstants())
                    .map(c -> c.toString().toLowerCase(Locale.ROOT))
                    .toList();
            String guess = Guess.of(value, allowed);
            return name + quoted + meant(guess) + (guess == null ? ": use " : " Use ") + joined(allowed, "or");
        }
        if (type == boolean.class || type == Boolean.class) {
            return name + "takes no value, but got " + quoted;
        }
        if (WHOLE_NUMBERS.contains(type)) {
            return name + quoted + " is not a whole number"
                    + (value.matches("-?\\d+") ? " that sockreel can count to" : "");
        }
        if (e.getCause() instanceof TypeConversionException own) {
            return name + quoted + ": " + message(own);
        }
        return e.getCause() == null || type == String.class ? message(e) : name + quoted + " is not understood";
    }

    private static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }

    private static String joined(List<String> words, String last) {
        int n = words.size();
        return n < 2 ? String.join("", words)
                : String.join(", ", words.subList(0, n - 1)) + " " + last + " " + words.get(n - 1);
    }

    private static String message(CommandLine.PicocliException e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private UsageSentence() {}
}
