package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.fixtures.NetNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A python script in a network namespace, which ends with it. It prints {@code ready} when it has done what was wanted,
 * and continues after a line on its standard input.
 */
final class Python {
    static final Path PROGRAM = Path.of("/usr/bin/python3");

    private final Process process;
    private final BufferedReader output;

    private Python(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static boolean isAvailable() {
        return Files.isExecutable(PROGRAM);
    }

    /** Starts a script and waits until it is ready. */
    static Python start(NetNamespace netns, String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "-c", script));
        command.addAll(List.of(arguments));
        Python python = new Python(netns.start(netns.command(command)));
        python.ready();
        return python;
    }

    int pid() {
        return (int) process.pid();
    }

    /** Lets the script go on, and waits until it is ready again. */
    void goOn() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        ready();
    }

    private void ready() throws IOException {
        assertEquals("ready", output.readLine());
    }
}
