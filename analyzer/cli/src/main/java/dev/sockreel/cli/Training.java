package dev.sockreel.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs what people run, one command line after another, so that the JVM sees which classes and code it takes and writes
 * them down for a fast start (the launcher's training). What the commands say is of no interest.
 */
final class Training {
    /** IN stands for a capture, OUT for a file to write. */
    private static final String[] LINES = {
        "--version",
        "help",
        "--help",
        "help show",
        "record --help",
        "shwo",
        "show IN",
        "show IN --all --sort unread --top 5",
        "show IN --format json",
        "show IN --format ndjson",
        "show IN --format csv",
        "show IN unread > 0 and dport = :443 or comm = nginx",
        "findings IN --no-cache",
        "findings IN --no-cache --sockets --format json",
        "info IN",
        "info IN --format json",
        "verify IN",
        "ss IN -tanieomp",
        "ss IN -s",
        "diff IN",
        "peers IN",
        "peers IN state listening",
        "history IN state listening --no-cache",
        "export IN -o OUT --to csv --force",
        "report IN -o OUT --force",
        "show no-such-file.reel",
    };

    /** @param args an input of import, and a folder for what is written */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[1]);
        Path imported = folder.resolve("train.reel");
        Path recorded = folder.resolve("train-recorded.reel");
        Path out = folder.resolve("train.out");
        try {
            Main.run(new Main(), "import", args[0], "--force", "-o", imported.toString());
            // asks for nothing that could load a module
            Main.run(new Main(), "record", "--no-modprobe", "--no-cmdline", "--count", "2", "--interval", "100ms",
                    "--force", "-o", recorded.toString());
            for (String line : LINES) {
                run(line, imported, out);
                run(line, recorded, out);
            }
        } finally {
            Files.deleteIfExists(imported);
            Files.deleteIfExists(recorded);
            Files.deleteIfExists(out);
        }
        System.exit(0);
    }

    private static void run(String line, Path in, Path out) {
        if (line.contains("IN") && !Files.exists(in)) {
            return; // no recording on this system
        }
        Main.run(new Main(), Arrays.stream(line.split(" "))
                .map(word -> switch (word) {
                    case "IN" -> in.toString();
                    case "OUT" -> out.toString();
                    default -> word;
                })
                .toArray(String[]::new));
    }

    private Training() {}
}
