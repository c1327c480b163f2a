package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.recorder.help.ExitCodes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine;

/** The help of all commands: its sections and their order, its width, its examples. */
class HelpTest {
    private static final int COLUMNS = 80;
    private static final List<String> HEADINGS = List.of(
            "Usage", "Arguments", "Choosing", "Output", "General", "Commands", "Words", "Exit codes", "Examples");
    /** A word in single quotes, or without blanks. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    static Stream<CommandLine> commands() {
        CommandLine all = Main.commandLine(new Main());
        return Stream.concat(Stream.of(all), all.getSubcommands().values().stream());
    }

    private static List<String> help(CommandLine command) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrintWriter out = new PrintWriter(text, true, StandardCharsets.UTF_8);
        command.getCommandSpec().usageMessage().autoWidth(false);
        command.usage(out, Ansi.OFF);
        return text.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Returns the lines under a heading, empty if there is none. */
    private static List<String> section(CommandLine command, String heading) {
        return help(command).stream()
                .dropWhile(l -> !l.equals(heading + ":"))
                .skip(1)
                .takeWhile(l -> !l.isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void sectionsStandInOneOrder(CommandLine command) {
        List<String> headings = help(command).stream()
                .filter(l -> l.matches("Usage: .*|[A-Z][a-z ]+:"))
                .map(l -> l.replaceFirst(":.*", ""))
                .toList();
        assertEquals(HEADINGS.stream().filter(headings::contains).toList(), headings);
        assertTrue(headings.containsAll(List.of("Usage", "General", "Exit codes", "Examples")), headings::toString);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void usageAndDescriptionAreOneLineEach(CommandLine command) {
        List<String> lines = help(command);
        assertTrue(lines.get(0).startsWith("Usage: " + name(command)), lines::toString);
        assertTrue(lines.get(1).matches("[A-Z].*\\."), lines::toString);
        assertEquals("", lines.get(2));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fitsItsColumns(CommandLine command) {
        assertEquals(List.of(), help(command).stream().filter(l -> l.length() > COLUMNS).toList());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionIsListedOnce(CommandLine command) {
        String listed = Stream.of("Choosing", "Output", "General")
                .flatMap(h -> section(command, h).stream())
                .collect(Collectors.joining("\n"));
        for (OptionSpec option : command.getCommandSpec().options()) {
            Pattern row = Pattern.compile("(?m)^ {2,6}(-\\w, )*[^ ].{0,40}?" + option.longestName() + "\\b"
                    + "|^ {6}" + option.longestName() + "\\b");
            assertEquals(option.hidden() ? 0 : 1, row.matcher(listed).results().count(), option.longestName());
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void exitCodesAreThoseOfAll(CommandLine command) {
        assertEquals(
                ExitCodes.MEANINGS.entrySet().stream().map(e -> "  " + e.getKey() + "   " + e.getValue()).toList(),
                section(command, "Exit codes"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void twoExamplesThatParse(CommandLine command) {
        List<String> lines = section(command, "Examples");
        assertEquals(4, lines.size(), lines::toString);
        for (int i = 0; i < 4; i += 2) {
            String example = lines.get(i);
            assertTrue((example + " ").startsWith("  " + name(command)), example);
            assertTrue(lines.get(i + 1).startsWith("      ") && lines.get(i + 1).matches(".*[.?]"), lines.get(i + 1));
            List<String> words = words(example);
            Main main = new Main();
            CommandLine.ParseResult parsed = Main.commandLine(main)
                    .parseArgs(words.subList(1, words.size()).toArray(String[]::new));
            assertTrue(parsed.hasSubcommand(), example);
        }
    }

    private static List<String> words(String example) {
        List<String> words = new ArrayList<>();
        WORD.matcher(example).results().forEach(m -> words.add(m.group(1) == null ? m.group(2) : m.group(1)));
        return words;
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName() + " ";
    }

    @ParameterizedTest
    @MethodSource("commands")
    void versionIsPrinted(CommandLine command) {
        List<String> words = new ArrayList<>(words(name(command)));
        words.set(0, "--version");
        CommandRun run = CommandRun.of(words.reversed().toArray(String[]::new)).exits(0);
        List<String> lines = run.out().lines().toList();
        assertEquals(4, lines.size(), run::toString);
        assertTrue(lines.get(0).matches("sockreel \\S+"), run::toString);
        assertTrue(lines.get(1).matches("commit   (unknown|[0-9a-f]{7,}(-dirty)? \\([0-9-]{10}\\))"), run::toString);
        assertTrue(lines.get(2).startsWith("java     " + System.getProperty("java.version")), run::toString);
        assertEquals("format   1", lines.get(3));
    }

    @Test
    void readmeHasTheExitCodes() throws IOException {
        String readme = Files.readString(Path.of("../../README.md")).replace("`", "").replaceAll("\\s+", " ");
        String line = ExitCodes.MEANINGS.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(" · "));
        assertTrue(readme.contains("Exit codes**: " + line), line);
    }
}
