package dev.sockreel.benchmarks.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SeriesOptionsTest {
    private static SeriesOptions parsed(String... args) {
        SeriesCommand command = new SeriesCommand();
        new CommandLine(command).parseArgs(args);
        return command.options;
    }

    @Test
    void takesScenariosAndNumbers() {
        SeriesOptions options = parsed("unix", "--sockets", "200", "redis", "--rounds=2", "-o", "/tmp/x.md");
        assertEquals(List.of("unix", "redis"), options.chosen().stream().map(Scenario::name).toList());
        assertEquals(200, options.sockets);
        assertEquals(2, options.rounds);
        assertEquals(15, options.snapshots);
        assertEquals(Path.of("/tmp/x.md"), options.output);
    }

    @Test
    void meansAllIfNoneIsNamed() {
        assertEquals(Scenarios.ALL, parsed().chosen());
        assertEquals(SeriesOptions.RESULTS, parsed().output);
    }

    @Test
    void refusesWhatCannotBe() {
        String said = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> parsed("nobody").chosen()).getMessage());
        assertTrue(said.startsWith("there is no scenario nobody, but idle, "), said);
        assertThrows(IllegalArgumentException.class, () -> parsed("--rounds", "0").chosen());
        assertThrows(IllegalArgumentException.class, () -> parsed("--snapshots", "4").chosen());
        assertThrows(IllegalArgumentException.class, () -> parsed("--sockets", "3000000").chosen());
        assertThrows(CommandLine.ParameterException.class, () -> parsed("--socket", "3"));
    }

    @Test
    void theMomentIsThatOfASmallHostUnlessNamed() {
        Moment moment = new Moment();
        new CommandLine(moment).parseArgs("--long", "20");
        assertEquals(List.of("small-host"), moment.options.chosen().stream().map(Scenario::name).toList());
        new CommandLine(moment).parseArgs("quiet-host");
        assertEquals(List.of("quiet-host"), moment.options.chosen().stream().map(Scenario::name).toList());
    }

    @Test
    void theLimitOfEachScenarioCanBeMeasured() {
        for (Scenario scenario : Scenarios.ALL) {
            for (String family : scenario.dumpedFamilies()) {
                assertTrue(KernelLimit.options(family).contains("--family"), family);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> KernelLimit.options("vsock"));
    }

    @Test
    void titlesSayHowManySocketsThereAre() {
        assertEquals("20,000 TCP sockets of loopback connections, which are silent",
                Scenarios.ALL.getFirst().title(20_000));
    }
}
