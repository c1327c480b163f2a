package dev.sockreel.cli;

import dev.sockreel.cli.choosing.ChoosingWords;
import dev.sockreel.cli.printing.ClosedPipeException;
import dev.sockreel.cli.printing.ExitCode;
import dev.sockreel.cli.printing.Failures;
import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.cli.printing.Streams;
import dev.sockreel.cli.printing.Terminal;
import dev.sockreel.failure.LastResort;
import dev.sockreel.input.Inputs;
import dev.sockreel.opening.SpooledInputs;
import dev.sockreel.recorder.help.HelpPage;
import dev.sockreel.recorder.help.OptionGroup;
import dev.sockreel.recorder.help.VersionLines;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The {@code sockreel} command. A new command is one class and its entry in {@link Commands}. */
@Command(
        name = "sockreel",
        addMethodSubcommands = false,
        description = "Records the state of every socket of a Linux host, and analyzes it anywhere.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLines.class,
        scope = ScopeType.INHERIT,
        footer = {
            "sockreel demo",
            "What does it find? Shown with processes that get stuck on purpose.",
            "sockreel findings host.reel",
            "What is wrong on the host of this capture, and who must act?"
        })
public final class Main implements Runnable {
    /** Least width that picocli can lay out. */
    private static final int MIN_HELP_COLUMNS = 55;
    private static final int HELP_COLUMNS = 80;

    @Option(names = "--debug", order = OptionGroup.ORDER_GENERAL, scope = ScopeType.INHERIT,
            description = "Print a stack trace on errors.")
    private boolean debug;

    @CommandLine.Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(),
                "no command given: sockreel demo shows what this is, sockreel --help lists all");
    }

    boolean debug() {
        return debug;
    }

    public static void main(String[] args) {
        LastResort.install();
        int code;
        try {
            code = run(new Main(), args);
        } catch (Throwable e) {
            LastResort.report(e, System.err);
            code = ExitCode.FAILED;
        }
        System.exit(LastResort.exitCode(code));
    }

    /**
     * Runs a command line as a process would and returns its exit code; several may run at once, each on a thread of
     * its own.
     */
    public static int run(Streams streams, String... args) {
        return streams.run(() -> run(new Main(), args));
    }

    static int run(Main main, String... args) {
        return run(main, commandLine(main, Commands.namedIn(args)), args);
    }

    static int run(Main main, CommandLine line, String... args) {
        try (SpooledInputs inputs = new SpooledInputs(Streams.current().in())) {
            return Inputs.with(inputs, () -> flushed(line, execute(line, main, args)));
        } catch (IOException e) {
            return Failures.report(e, line, main.debug());
        }
    }

    /** Returns the command line with all commands. */
    static CommandLine commandLine(Main main) {
        return commandLine(main, Commands.ALL);
    }

    /** @param commands the commands to read, or their classes, by name */
    static CommandLine commandLine(Main main, Map<String, ?> commands) {
        Streams streams = Streams.current();
        CommandLine line = new CommandLine(main);
        commands.forEach(line::addSubcommand);
        CommandLine help = line.getSubcommands().get(Commands.HELP);
        if (help != null) {
            completeHelp(help.getCommandSpec());
        }
        HelpPage.layOut(line, ChoosingWords.ALL);
        line.setExecutionExceptionHandler((e, command, parsed) -> Failures.report(e, command, main.debug()));
        line.setParameterExceptionHandler((e, words) -> Failures.usage(e));
        line.setHelpFactory((spec, colours) -> {
            spec.usageMessage().width(Math.max(MIN_HELP_COLUMNS, Terminal.columns() == 0 ? HELP_COLUMNS
                    : Terminal.columns()));
            return new CommandLine.Help(spec, colours);
        });
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(streams.out().writer());
        line.setErr(streams.err());
        line.setColorScheme(CommandLine.Help.defaultColorScheme(streams.ansi()));
        return line;
    }

    /** Gives picocli's own command what ours have. */
    private static void completeHelp(CommandSpec help) {
        help.versionProvider(new VersionLines());
        help.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
        help.usageMessage()
                .synopsisHeading("Usage: ")
                .header("Shows the help of sockreel or of a command.")
                .description("Shows the help of sockreel or of a command.")
                .footer("sockreel help", "Which commands are there?", "sockreel help show",
                        "What are the options of show?");
    }

    private static int execute(CommandLine line, Main main, String... args) {
        try {
            return line.execute(args);
        } catch (Throwable e) {
            // picocli's handler gets what a command throws, but not its errors, nor those of reading the words
            return Failures.report(e, line, main.debug());
        }
    }

    /**
     * Flushes standard output, to which help and tables may have written.
     *
     * @return {@code code}, also when the reader of a pipe has gone; a full disk is an error
     */
    private static int flushed(CommandLine line, int code) {
        try {
            Stdout.get().check();
            return code;
        } catch (ClosedPipeException e) {
            return code;
        } catch (IOException e) {
            // a command that failed has said why, most likely this very error
            return code == ExitCode.FAILED ? code : Failures.report(e, line, false);
        }
    }
}
