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
 * The layout of every command's help: usage, what it does, arguments, options by group, commands, what the words in them
 * mean, exit codes, examples. A command states its examples as its {@code footer}: a command line, the line that says
 * what it answers, and so on.
 */
public final class HelpPage {
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

    private final Map<String, String> words;

    private HelpPage(Map<String, String> words) {
        this.words = words;
    }

    /**
     * Lays out the help of a command and of all below it.
     *
     * @param words what the words in capitals mean, by word; a command explains those that it uses
     */
    public static void layOut(CommandLine commands, Map<String, String> words) {
        HelpPage page = new HelpPage(words);
        Map<String, IHelpSectionRenderer> sections = new HashMap<>(commands.getHelpSectionMap());
        sections.put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, HelpPage::synopsis);
        sections.put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, h -> under("Arguments", h.parameterList()));
        sections.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpPage::options);
        sections.put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, h -> under("Commands", h.commandList()));
        sections.put(WORDS, page::words);
        sections.put(
                UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST,
                h -> under("Exit codes", h.createTextTable(ExitCodes.MEANINGS).toString()));
        sections.put(EXAMPLES, HelpPage::examples);
        commands.setHelpSectionMap(sections);
        commands.setHelpSectionKeys(SECTIONS);
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
