package dev.sockreel.cli;

import dev.sockreel.cli.damage.RecoverCommand;
import dev.sockreel.cli.damage.VerifyCommand;
import dev.sockreel.cli.demo.DemoCommand;
import dev.sockreel.cli.diff.DiffCommand;
import dev.sockreel.cli.files.ExportCommand;
import dev.sockreel.cli.files.ImportCommand;
import dev.sockreel.cli.files.InfoCommand;
import dev.sockreel.cli.findings.FindingsCommand;
import dev.sockreel.cli.history.HistoryCommand;
import dev.sockreel.cli.peers.PeersCommand;
import dev.sockreel.cli.probe.ProbeCommand;
import dev.sockreel.cli.report.ReportCommand;
import dev.sockreel.cli.show.ShowCommand;
import dev.sockreel.cli.ss.SsCommand;
import dev.sockreel.recorder.RecordCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.HelpCommand;

/**
 * The commands by name. To read the annotations of all takes longer than most commands run, so only those that a
 * command line names are read.
 */
final class Commands {
    static final String HELP = "help";

    /** All commands, in the order of the help. */
    static final Map<String, Class<?>> ALL = all();

    private static Map<String, Class<?>> all() {
        Map<String, Class<?>> all = new LinkedHashMap<>();
        all.put("demo", DemoCommand.class);
        all.put("probe", ProbeCommand.class);
        all.put("record", RecordCommand.class);
        all.put("info", InfoCommand.class);
        all.put("verify", VerifyCommand.class);
        all.put("recover", RecoverCommand.class);
        all.put("show", ShowCommand.class);
        all.put("ss", SsCommand.class);
        all.put("diff", DiffCommand.class);
        all.put("history", HistoryCommand.class);
        all.put("peers", PeersCommand.class);
        all.put("findings", FindingsCommand.class);
        all.put("report", ReportCommand.class);
        all.put("import", ImportCommand.class);
        all.put("export", ExportCommand.class);
        all.put(HELP, HelpCommand.class);
        return Collections.unmodifiableMap(all);
    }

    /**
     * Returns the commands that these words need: the one that they begin with, behind options; beside help the one
     * that is explained; none for the version; otherwise all, for a list of them or a guess at what was meant.
     */
    static Map<String, Class<?>> namedIn(String... words) {
        if (words.length == 1 && (words[0].equals("--version") || words[0].equals("-V"))) {
            return Map.of();
        }
        int first = 0;
        while (first < words.length && words[first].startsWith("-")) {
            first++;
        }
        Class<?> command = first < words.length ? ALL.get(words[first]) : null;
        if (command == null) {
            return ALL;
        }
        if (!words[first].equals(HELP)) {
            return Map.of(words[first], command);
        }
        Class<?> explained = first + 2 == words.length ? ALL.get(words[first + 1]) : null;
        return explained == null || explained == command ? ALL : Map.of(HELP, command, words[first + 1], explained);
    }

    private Commands() {}
}
