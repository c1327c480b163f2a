package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.cli.printing.Streams;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;

/** Which commands are read for a command line, and that it makes no difference. */
class CommandsTest {
    private static Set<String> named(String line) {
        return Commands.namedIn(line.isEmpty() ? new String[0] : line.split(" ")).keySet();
    }

    @Test
    void eachHasTheNameThatItsClassStates() {
        Commands.ALL.forEach((name, type) -> assertEquals(name, type.getAnnotation(Command.class).name()));
    }

    @Test
    void oneThatIsNamedIsReadAlone() {
        assertEquals(Set.of("show"), named("show a.reel --format json"));
        assertEquals(Set.of("show"), named("--debug show help"));
        assertEquals(Set.of("help", "ss"), named("help ss"));
        assertEquals(Set.of(), named("--version"));
    }

    @ParameterizedTest
    @CsvSource({"''", "--help", "--debug", "help", "help shwo", "help help", "help ss show", "shwo a.reel", "@show",
        "Show"})
    void elseAllAre(String line) {
        assertEquals(Commands.ALL.keySet(), named(line));
    }

    @ParameterizedTest
    @CsvSource({"--version", "-V", "show --version", "show --help", "help show", "help help", "help --help",
        "--debug help ss", "-- show --help", "show --hepl", "show", "--bogus show", "show nowhere.reel --top x",
        "ss nowhere.reel -Q", "import --help extra", "help record --bogus"})
    void whatIsPrintedIsTheSameAsWithAll(String line) {
        String[] words = line.split(" ");
        assertEquals(run(Commands.ALL, words), run(Commands.namedIn(words), words));
    }

    private static CommandRun run(Map<String, Class<?>> commands, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Streams.of(InputStream.nullInputStream(), out, err).run(() -> {
            Main main = new Main();
            return Main.run(main, Main.commandLine(main, commands), words);
        });
        return new CommandRun(List.of(words), exit, out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }
}
