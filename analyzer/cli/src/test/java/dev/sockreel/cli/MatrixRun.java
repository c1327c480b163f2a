package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.cli.printing.Streams;
import dev.sockreel.fixtures.Capture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs one command in one case of the matrix, in an empty folder. */
final class MatrixRun {
    /** A command with FILE and OUT, as it is used every day. */
    static final Map<String, String> COMMANDS = Map.ofEntries(
            Map.entry("demo", "demo"), Map.entry("probe", "probe"), Map.entry("help", "help"),
            Map.entry("record", "record --count 1 --owners never --threads never -o OUT"),
            Map.entry("info", "info FILE"), Map.entry("verify", "verify FILE"), Map.entry("show", "show FILE"),
            Map.entry("ss", "ss FILE"), Map.entry("diff", "diff FILE"), Map.entry("findings", "findings FILE"),
            Map.entry("history", "history FILE cookie:40"),
            Map.entry("peers", "peers FILE cookie:40 --snapshot 0"),
            Map.entry("recover", "recover FILE -o OUT"), Map.entry("report", "report FILE -o OUT"),
            Map.entry("import", "import FILE -o OUT"), Map.entry("export", "export FILE --to csv -o OUT"));

    /** Root may read every file, but sysfs lets nobody read what is there to be written. */
    private static final Path UNREADABLE = Path.of("/sys/bus/platform/drivers_probe");
    /** More than a pipe holds: when it is written, the command has begun to read. */
    private static final int MORE_THAN_A_PIPE = 200_000;

    private final String command;
    private final Path folder;
    private final Path out;

    MatrixRun(String command, Path folder) {
        this.command = command;
        this.folder = folder;
        this.out = folder.resolve("OUT");
    }

    /** Returns what the command did; the names of this run are FILE and OUT. */
    CommandRun of(MatrixCase given) throws Exception {
        CommandRun run = switch (given) {
            case NO_ARGUMENT -> CommandRun.of(command);
            case HELP -> CommandRun.of(command, "-h");
            case WRONG_OPTION -> CommandRun.of(with(words(good().toString(), out.toString()), "--no-such-option"));
            case MISSING_FILE -> read(folder.resolve("FILE"));
            case FOLDER -> read(Files.createDirectory(folder.resolve("FILE")));
            case EMPTY_FILE -> read(Files.createFile(folder.resolve("FILE")));
            case TEXT_FILE -> read(Files.copy(Captures.TEXT, folder.resolve("FILE")));
            case UNREADABLE_FILE -> read(unreadable());
            case EXISTING_OUTPUT -> existing();
            case LINK -> link();
            case PIPE -> pipe();
            case STDOUT -> redirected("/dev/stdout");
            case FULL -> full();
            case DASH_IN -> dashIn();
            case DASH_OUT -> redirected("-");
            case INTERRUPT -> command.equals("record") ? interruptRecord() : interruptReader();
        };
        return new CommandRun(run.words(), run.exit(), named(run.out()), named(run.err()));
    }

    private String named(String text) {
        return text.replace(good().toString(), "FILE").replace(UNREADABLE.toString(), "FILE")
                .replace(folder + "/", "").replaceAll("/\\S*/OUT", "OUT");
    }

    private Path good() {
        return command.equals("import") ? Capture.unpack(Capture.MODS).resolve("ssD/tcp.D") : Captures.WHOLE;
    }

    private String[] words(String file, String to) {
        return Stream.of(COMMANDS.getOrDefault(command, command).split(" "))
                .map(w -> w.equals("FILE") ? file : w.equals("OUT") ? to : w)
                .toArray(String[]::new);
    }

    private CommandRun read(Path file) {
        return CommandRun.of(words(file.toString(), out.toString()));
    }

    private Path unreadable() throws IOException {
        Path file = Files.copy(Captures.WHOLE, folder.resolve("FILE"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        if (!Files.isReadable(file)) {
            return file;
        }
        assumeTrue(Files.exists(UNREADABLE), "root reads every file, and there is no sysfs");
        return UNREADABLE;
    }

    private CommandRun existing() throws IOException {
        Path kept = Files.writeString(command.equals("demo") ? folder.resolve("demo.html") : out, "mine");
        CommandRun run = command.equals("demo") ? CommandRun.process(folder, "demo") : read(good());
        assertEquals("mine", Files.readString(kept));
        assertEquals(List.of(kept), files());
        return run;
    }

    /** A link stands for its file, and stays. */
    private CommandRun link() throws IOException {
        if (command.equals("demo")) {
            Files.createSymbolicLink(folder.resolve("demo.html"), Path.of("nowhere"));
            return CommandRun.process(folder, "demo");
        }
        Path real = Files.createFile(folder.resolve("real"));
        Files.createSymbolicLink(out, real);
        CommandRun run = read(good());
        assertTrue(Files.isSymbolicLink(out) && Files.size(real) > 0, run::toString);
        return run;
    }

    private CommandRun pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("FILE");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Process writer = new ProcessBuilder("sh", "-c", "exec cat \"$1\" > \"$2\"", "sh", good().toString(),
                pipe.toString()).start();
        try {
            return read(pipe);
        } finally {
            assertTrue(writer.waitFor(60, TimeUnit.SECONDS), "nobody read the pipe");
        }
    }

    /** Data must be all that is on standard output. */
    private CommandRun redirected(String to) throws IOException, InterruptedException {
        Path data = Captures.FOLDER.resolve("stdout-" + command);
        Path err = Captures.FOLDER.resolve("stderr-" + command);
        Process process = new ProcessBuilder(CommandRun.javaAnd(words(good().toString(), to)))
                .directory(folder.toFile()).redirectOutput(data.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it does not end");
        CommandRun run = new CommandRun(List.of(command), process.exitValue(), "", Files.readString(err));
        if (command.equals("report") || command.equals("export")) {
            String begin = command.equals("report") ? "<!DOCTYPE html>" : "snapshot,time,";
            assertTrue(Files.readString(data).startsWith(begin), run::toString);
        } else {
            CommandRun.of(data, "verify").exits(0);
        }
        assertEquals(List.of(), files());
        return run;
    }

    private CommandRun full() throws IOException {
        if (MatrixRun.COMMANDS.getOrDefault(command, "").contains("OUT")) {
            return CommandRun.of(words(good().toString(), "/dev/full"));
        }
        try (OutputStream device = Files.newOutputStream(Path.of("/dev/full"))) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            String[] words = words(good().toString(), "");
            int exit = Main.run(Streams.of(InputStream.nullInputStream(), device, err), words);
            return new CommandRun(List.of(words), exit, "", err.toString(StandardCharsets.UTF_8));
        }
    }

    private CommandRun dashIn() throws IOException {
        String[] words = words("-", out.toString());
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (InputStream in = Files.newInputStream(good())) {
            int exit = Main.run(Streams.of(in, to, err), words);
            return new CommandRun(List.of(words), exit, to.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8));
        }
    }

    private static String[] with(String[] words, String last) {
        String[] all = Arrays.copyOf(words, words.length + 1);
        all[words.length] = last;
        return all;
    }

    /** A command that waits for more on standard input ends at once and leaves neither output nor stored input. */
    private CommandRun interruptReader() throws IOException, InterruptedException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Process process = start(temporary, words("-", out.toString()));
        OutputStream in = process.getOutputStream();
        byte[] begin = Files.readAllBytes(good());
        for (int written = 0; written < MORE_THAN_A_PIPE; written += begin.length) {
            in.write(begin);
        }
        in.flush();
        CommandRun run = interrupted(process);
        assertEquals(List.of(temporary), files());
        return run;
    }

    private CommandRun interruptRecord() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "records on Linux alone");
        Process process = start(folder, "record", "--interval", "1h", "-o", out.toString());
        for (int i = 0; i < 6000 && process.isAlive() && Files.notExists(out); i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        CommandRun run = interrupted(process);
        CommandRun.of(out, "verify").exits(0);
        assertEquals(List.of(out), files());
        return run;
    }

    /** Starts a process that Ctrl-C ends, also where this one ignores it. */
    private Process start(Path temporary, String... words) throws IOException {
        List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT"));
        line.addAll(CommandRun.javaAnd(words));
        ProcessBuilder builder = new ProcessBuilder(line).directory(folder.toFile());
        builder.environment().put("TMPDIR", temporary.toString());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(Captures.FOLDER.resolve("err").toFile());
        return builder.start();
    }

    private static CommandRun interrupted(Process process) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor());
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it does not end");
        return new CommandRun(List.of(), process.exitValue(), "", Files.readString(Captures.FOLDER.resolve("err")));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
