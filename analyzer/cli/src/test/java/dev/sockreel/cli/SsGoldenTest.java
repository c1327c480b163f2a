package dev.sockreel.cli;

import dev.sockreel.cli.SsText.Why;
import dev.sockreel.fixtures.Capture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compares {@code sockreel ss} with the output of ss 6.1 on the machine of the captures. */
class SsGoldenTest {
    /** The families without a file in /proc/net, or of which ss prints nothing without their handler. */
    private static final Set<String> NOT_FROM_PROC =
            Set.of("vsock", "mptcp", "sctp", "all-one-line", "unix-head", "summary");

    /**
     * One output of ss and the command that must print the same.
     *
     * @param from  file with the output of ss
     * @param words options and filter
     * @param rows  minimum number of rows, so that no comparison is empty
     */
    private record Case(String name, Path reel, Path from, List<String> words, SsText same, int rows) {
        List<String> command() {
            List<String> all = new ArrayList<>(List.of("ss", reel.toString()));
            all.addAll(words);
            return all;
        }
    }

    @TestFactory
    Stream<DynamicTest> everyTextOfSs() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String capture : Capture.names()) {
            cases.addAll(texts(capture));
        }
        cases.addAll(pcaps());
        cases.addAll(dumps());
        cases.addAll(snapshots());
        return cases.stream().map(c -> DynamicTest.dynamicTest(c.name(), () -> compare(c)));
    }

    private static void compare(Case c) throws IOException {
        CommandRun run = CommandRun.of(c.command().toArray(String[]::new));
        c.same().assertSame(c.name(), Files.readAllBytes(c.from()), run.exits(0).out(), c.rows());
    }

    // ---- text/*.txt: the raw dumps, /proc/net and descriptors of some seconds before or after

    private static List<Case> texts(String capture) throws IOException {
        Path root = Capture.unpack(capture);
        Path reel = Captures.imported(withOwnersAndText(root, capture), "ss-" + capture + ".reel", 4);
        List<Case> cases = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve("text/COMMANDS.tsv"))) {
            String[] cells = line.split("\t", -1);
            boolean text = !capture.equals(Capture.MODS) && !cells[0].startsWith("tcp") && !cells[0].equals("listen");
            boolean proc = capture.equals(Capture.NOMODS) || text;
            if (proc && NOT_FROM_PROC.contains(cells[0])) {
                continue;
            }
            List<Why> why = new ArrayList<>(List.of(Why.OLDER_SS, Why.ANOTHER_MOMENT, Why.NO_DEVICE_NAMES));
            if (proc) {
                why.add(Why.FROM_PROC);
            }
            cases.add(new Case(capture + "/" + cells[0], reel, root.resolve("text/" + cells[0] + ".txt"),
                    wordsOf(cells[3]), new SsText(why.toArray(Why[]::new)), 3));
        }
        return cases;
    }

    private static List<String> wordsOf(String command) {
        return List.of(command.split(" ", -1)).subList(1, command.split(" ", -1).length);
    }

    /** Returns the folder of raw dumps with owners and texts of /proc/net. */
    private static Path withOwnersAndText(Path root, String capture) throws IOException {
        Path log = Files.createDirectory(Captures.FOLDER.resolve("ss-" + capture));
        copyAll(root.resolve("raw"), log, "");
        Files.copy(root.resolve("fdmap.tsv"), log.resolve("fdmap.tsv"));
        copyAll(root.resolve("proc-after"), log, "proc-");
        return log;
    }

    private static void copyAll(Path from, Path to, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(prefix + file.getFileName()));
            }
        }
    }

    // ---- nlmon/*.pcap: the very bytes that ss read; packets do not show the sockets' owners

    private static List<Case> pcaps() throws IOException {
        Path root = Capture.unpack(Capture.MODS).resolve("nlmon");
        List<Case> cases = new ArrayList<>();
        for (String line : Files.readAllLines(root.resolve("COMMANDS.tsv"))) {
            String[] cells = line.split("\t", -1);
            Path reel = Captures.imported(root.resolve(cells[0] + ".pcap"), "ss-pcap-" + cells[0] + ".reel", 0);
            cases.add(new Case("pcap/" + cells[0], reel, root.resolve(cells[0] + ".txt"), wordsOf(cells[2]),
                    new SsText(Why.OLDER_SS, Why.NO_PROCESSES), 7));
        }
        return cases;
    }

    // ---- ssD/*.D: ss's own replay, which ends after IPv4

    private static List<Case> dumps() throws IOException {
        Path root = Capture.unpack(Capture.MODS).resolve("ssD");
        List<Case> cases = new ArrayList<>();
        for (String name : List.of("tcp", "tcp4", "tcp6", "estab", "full")) {
            Path reel = Captures.imported(root.resolve(name + ".D"), "ss-D-" + name + ".reel", 0);
            String version = name.equals("tcp6") ? "-6" : "-4";
            cases.add(new Case("ssD/" + name, reel, root.resolve(name + ".decoded.txt"), List.of("-tanieomH", version),
                    new SsText(Why.OLDER_SS), name.equals("tcp6") ? 7 : 110));
        }
        return cases;
    }

    // ---- snap/1 … 5: dumps and text of the same second

    private static List<Case> snapshots() throws IOException {
        Path root = Capture.unpack(Capture.MODS).resolve("snap");
        List<Case> cases = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            for (String[] one : new String[][] {{"tcp", "-tanieompH"}, {"unix", "-xapeH"}}) {
                cases.add(new Case("snap/" + i + "/" + one[0], Captures.WHOLE, root.resolve(i + "/" + one[0] + ".txt"),
                        List.of("--snapshot", Integer.toString(i - 1), one[1]),
                        new SsText(Why.OLDER_SS, Why.ANOTHER_MOMENT, Why.NO_DEVICE_NAMES), 50));
            }
        }
        return cases;
    }
}
