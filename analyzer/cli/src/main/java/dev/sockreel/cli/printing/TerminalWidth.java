package dev.sockreel.cli.printing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The width of the process's terminal: what COLUMNS says, else what the terminal itself says, else 80. */
final class TerminalWidth {
    private static final int USUAL = 80;
    private static final int MAX = 10_000;
    private static final int PATIENCE_SECONDS = 2;

    /** Asked where a line is printed on a terminal, and only once: it takes a process. */
    static int ofProcess() {
        return Asked.COLUMNS;
    }

    private static final class Asked {
        static final int COLUMNS = columns(System.getenv("COLUMNS"));

        private static int columns(@Nullable String variable) {
            int given = number(variable);
            int out = given > 0 ? given : size(1);
            int any = out > 0 ? out : size(2);
            return any > 0 ? any : USUAL;
        }
    }

    /** Returns the number of columns that text states; 0 if it states none. */
    static int number(@Nullable String text) {
        try {
            int columns = text == null ? 0 : Integer.parseInt(text.strip());
            return columns < 0 || columns > MAX ? 0 : columns;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Returns the second number of {@code stty size}, 0 if this descriptor is no terminal or does not know. */
    private static int size(int descriptor) {
        if (!Terminal.isTerminal(descriptor)) {
            return 0;
        }
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/proc/self/fd/" + descriptor))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return 0;
            }
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return number(size.substring(size.indexOf(' ') + 1));
        } catch (IOException e) {
            return 0; // no stty here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private TerminalWidth() {}
}
