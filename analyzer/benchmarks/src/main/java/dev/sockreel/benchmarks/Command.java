package dev.sockreel.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command line of {@code sockreel}.
 *
 * @param name   the subcommand
 * @param after  arguments after the input
 * @param output the name of the file that it writes, which is given last with {@code -o}; empty for none
 */
record Command(String name, List<String> after, String output) {
    /** Every command that reads captures. The selected socket is the one with inode {@value CaptureCounts#INODE}. */
    static final List<Command> OF_CAPTURES = List.of(
            of("verify"), of("info"), of("show"), of("ss", "-aemiopn"), of("diff", "--from", "0", "--to", "1"),
            of("history", "ino:" + CaptureCounts.INODE), of("peers", "ino:" + CaptureCounts.INODE),
            of("findings", "--no-cache"), to("out.html", "report"),
            to("out.ssd", "export", "--to", "ss-dump"), to("out.ndjson", "export", "--to", "ndjson"),
            to("out.pcapng", "export", "--to", "pcapng"), to("out.reel", "recover"));

    static Command of(String name, String... after) {
        return new Command(name, List.of(after), "");
    }

    static Command to(String output, String name, String... after) {
        return new Command(name, List.of(after), output);
    }

    /** Returns the name with what tells it from other lines of the same subcommand. */
    String title() {
        return name.equals("export") ? name + " " + after.getLast() : name;
    }

    String[] line(List<Path> inputs, Path folder) {
        List<String> line = new ArrayList<>(List.of(name));
        inputs.forEach(i -> line.add(i.toString()));
        line.addAll(after);
        if (!output.isEmpty()) {
            line.addAll(List.of("-o", folder.resolve(output).toString()));
        }
        return line.toArray(String[]::new);
    }
}
