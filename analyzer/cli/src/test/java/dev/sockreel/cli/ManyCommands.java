package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.fixtures.NetNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Many command lines in one process with a small heap: what they cost adds up, and so would what they leave behind. */
final class ManyCommands {
    private static final String WORD = "\u001f";
    private static final String END = "\u0004";

    /** One command line a line of the file; what each one printed ends with END and its exit code. */
    public static void main(String[] arguments) throws IOException {
        for (String line : Files.readAllLines(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
            int exit = Main.run(new Main(), line.split(WORD, -1));
            Stdout.get().writer().print(END + exit + "\n");
            Stdout.get().check();
            System.err.print(END + exit + "\n");
            System.err.flush();
        }
    }

    static List<CommandRun> run(String heap, List<List<String>> commands) throws IOException {
        return run(heap, commands, java -> java);
    }

    /** Runs the commands in a network namespace, so that /proc/sys/net is that of the namespace. */
    static List<CommandRun> runIn(NetNamespace netns, String heap, List<List<String>> commands) throws IOException {
        return run(heap, commands, java -> netns.command(java).command());
    }

    private static List<CommandRun> run(String heap, List<List<String>> commands, UnaryOperator<List<String>> in)
            throws IOException {
        Path file = Files.createTempFile("commands", "");
        Files.write(file, commands.stream().map(words -> String.join(WORD, words)).toList(), StandardCharsets.UTF_8);
        CommandRun all = CommandRun.started(
                Path.of(""), in.apply(CommandRun.java(List.of(heap), ManyCommands.class, file.toString()))).exits(0);
        Files.delete(file);
        String[] out = all.out().split(END, -1);
        String[] err = all.err().split(END, -1);
        assertEquals(commands.size() + 1, out.length, "every command came to its end");
        List<CommandRun> runs = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            String exit = out[i + 1].substring(0, out[i + 1].indexOf('\n'));
            runs.add(new CommandRun(commands.get(i), Integer.parseInt(exit), behindExit(out[i], i),
                    behindExit(err[i], i)));
        }
        return runs;
    }

    /** The exit code of the command before stands first. */
    private static String behindExit(String printed, int command) {
        return command == 0 ? printed : printed.substring(printed.indexOf('\n') + 1);
    }

    private ManyCommands() {}
}
