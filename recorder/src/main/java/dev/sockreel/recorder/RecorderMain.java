package dev.sockreel.recorder;

import dev.sockreel.failure.ErrorSentence;
import dev.sockreel.failure.LastResort;
import dev.sockreel.recorder.help.HelpPage;
import dev.sockreel.recorder.help.HelpWords;
import dev.sockreel.recorder.help.VersionLines;
import dev.sockreel.recorder.options.RecordingException;
import dev.sockreel.recorder.probe.ProbeCommand;
import dev.sockreel.wording.PrintableName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** The main class of the recorder alone, with the commands {@code record} and {@code probe}. */
@Command(
        name = "sockreel-recorder",
        addMethodSubcommands = false,
        mixinStandardHelpOptions = true,
        versionProvider = VersionLines.class,
        scope = ScopeType.INHERIT,
        description = "Records the state of every socket as the Linux kernel reports it.",
        subcommands = {RecordCommand.class, ProbeCommand.class})
public final class RecorderMain implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: record or probe");
    }

    public static void main(String[] args) {
        LastResort.install();
        int code = LastResort.FAILED;
        try {
            code = commandLine().execute(args);
        } catch (Throwable e) {
            LastResort.report(e, System.err);
        }
        System.exit(LastResort.exitCode(code));
    }

    /** Builds the command line. Exit codes: 0 done, 2 usage, 3 could not be done; a stack trace is never printed. */
    static CommandLine commandLine() {
        CommandLine commands = new CommandLine(new RecorderMain());
        HelpPage.layOut(commands, HelpWords.OF_RECORDER);
        commands.setExecutionExceptionHandler((e, command, parsed) -> {
            String known = e instanceof RecordingException ? e.getMessage() : ErrorSentence.of(e);
            String sentence = known == null ? "unexpected: " + e : known;
            command.getErr().println("sockreel: " + PrintableName.of(String.valueOf(sentence)));
            return 3;
        });
        commands.setParameterExceptionHandler((e, words) -> {
            CommandLine command = e.getCommandLine();
            command.getErr().println("sockreel: " + PrintableName.of(String.valueOf(e.getMessage())));
            if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr())) {
                command.usage(command.getErr());
            }
            return 2;
        });
        return commands;
    }
}
