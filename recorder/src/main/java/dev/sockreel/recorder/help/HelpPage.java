package dev.sockreel.recorder.help;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The layout of every command's help: usage, what it does, arguments, options by group, commands, what the words in
 * them mean, exit codes, examples. A command states its examples as its {@code footer}: a command line, the line that says
 * what it answers, and so on.
 */
public final class HelpPage implements IHelpSectionRenderer {
    private static final String WORDS = "words";
    private static final String EXAMPLES = "examples";
    private static final String INDENT = "  ";

    /** Sections in order, by picocli's keys and two of our own. */
    private static final List<String> SECTIONS = List.of(
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING, UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST, WORDS,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST, EXAMPLES);

    /** Those that this class renders. */
    private static final List<String> OURS =
            List.of(
                    UsageMessageSpec.SECTION_KEY_SYNOPSIS, UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
                    UsageMessageSpec.SECTION_KEY_OPTION_LIST, UsageMessageSpec.SECTION_KEY_COMMAND_LIST, WORDS,
                    UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST, EXAMPLES);

    private final String section;
    private final Map<String, String> words;

    private HelpPage(String section, Map<String, String> words) {
        this.section = section;
        this.words = words;
    }

    /**
     * Lays out the help of a command and of all below it.
     *
     * @param words what the words in capitals mean, by word; a command explains those that it uses
     */
    public static void layOut(CommandLine commands, Map<String, String> words) {
        Map<String, IHelpSectionRenderer> sections = new HashMap<>(commands.getHelpSectionMap());
        for (String key : OURS) {
            sections.put(key, new HelpPage(key, words));
        }
        commands.setHelpSectionMap(sections);
        commands.setHelpSectionKeys(SECTIONS);
    }

    @Override
    public String render(Help help) {
        return switch (section) {
            case UsageMessageSpec.SECTION_KEY_SYNOPSIS -> synopsis(help);
            case UsageMessageSpec.SECTION_KEY_PARAMETER_LIST -> under("Arguments", help.parameterList());
            case UsageMessageSpec.SECTION_KEY_OPTION_LIST -> options(help);
            case UsageMessageSpec.SECTION_KEY_COMMAND_LIST -> under("Commands", help.commandList());
            case WORDS -> words(help);
            case UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST ->
                under("Exit codes", help.createTextTable(ExitCodes.MEANINGS).toString());
            default -> examples(help);
        };
    }

    private static String under(String heading, String text) {
        return text.isEmpty() ? "" : System.lineSeparator() + heading + ":" + System.lineSeparator() + text;
    }

    /** Returns the name, the options that must be given, and the arguments. */
    private static String synopsis(Help help) {
        CommandSpec command = help.commandSpec();
        StringJoiner text = new StringJoiner(" ", "", System.lineSeparator());
        text.add(command.qualifiedName());
        if (command.usageMessage().customSynopsis().length > 0) {
            return String.join(" ", command.usageMessage().customSynopsis()) + System.lineSeparator();
        }
        text.add("[OPTIONS]");
        for (OptionSpec option : command.options()) {
            if (option.required() && option.group() == null) {
                text.add(option.shortestName() + " " + option.paramLabel());
            }
        }
        command.positionalParameters().forEach(p -> text.add(label(p)));
        if (!command.subcommands().isEmpty()) {
            text.add("COMMAND");
        }
        return text.toString();
    }

    private static String label(PositionalParamSpec argument) {
        boolean isRepeated = argument.index().isVariable() || argument.arity().max() > 1;
        String text = argument.paramLabel() + (isRepeated ? "..." : "");
        return argument.required() ? text : "[" + text + "]";
    }

    private static String options(Help help) {
        StringBuilder text = new StringBuilder();
        for (OptionGroup group : OptionGroup.values()) {
            List<OptionSpec> options = help.commandSpec().options().stream()
                    .filter(o -> !o.hidden() && OptionGroup.of(o) == group)
                    .sorted(Help.createShortOptionNameComparator())
                    .toList();
            Help.Layout layout = help.createDefaultLayout();
            layout.addOptions(options, help.parameterLabelRenderer());
            text.append(under(group.heading(), options.isEmpty() ? "" : layout.toString()));
        }
        return text.toString();
    }

    /** Returns what the words mean that the command's options and arguments name. */
    private String words(Help help) {
        CommandSpec command = help.commandSpec();
        Set<String> used = Stream.concat(command.options().stream(), command.positionalParameters().stream())
                .filter(a -> !a.hidden())
                .flatMap(HelpPage::named)
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, String> explained = new LinkedHashMap<>();
        words.forEach((word, meaning) -> {
            if (used.contains(word)) {
                explained.put(word, meaning);
            }
        });
        return under("Words", explained.isEmpty() ? "" : help.createTextTable(explained).toString());
    }

    private static Stream<String> named(ArgSpec argument) {
        Stream<String> said = Stream.concat(Stream.of(argument.paramLabel()), Arrays.stream(argument.description()));
        return said.flatMap(text -> Arrays.stream(text.split("[^A-Z]+")));
    }

    private static String examples(Help help) {
        StringBuilder text = new StringBuilder();
        String[] lines = help.commandSpec().usageMessage().footer();
        for (int i = 0; i < lines.length; i++) {
            text.append(INDENT.repeat(i % 2 == 0 ? 1 : 3)).append(lines[i]).append(System.lineSeparator());
        }
        return under("Examples", text.toString());
    }
}
