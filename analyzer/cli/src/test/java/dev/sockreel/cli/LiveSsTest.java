package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.cli.SsText.Why;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.fixtures.SocketMaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code sockreel ss} of a recording against the ss of this machine on the same, quiet sockets: option by option. */
@Live
class LiveSsTest {
    private static final Path SS = Path.of("/usr/bin/ss");

    /** Words of the command line → rows that ss must list at least. */
    private static final Map<String, Integer> OPTIONS = Map.ofEntries(
            Map.entry("-tanieomH", 400), Map.entry("-tanieompH", 400), Map.entry("-tanieomO", 400),
            Map.entry("-tan", 400),
            Map.entry("-ta", 400), Map.entry("-t", 400), Map.entry("-tln", 40), Map.entry("-tl", 40),
            Map.entry("-tie", 300),
            Map.entry("-tm", 300), Map.entry("-tianO", 400), Map.entry("-tbn", 300), Map.entry("-t4an", 200),
            Map.entry("-t6an", 100), Map.entry("-ltnpe", 40), Map.entry("--tos -tan", 400),
            Map.entry("--cgroup -tanH", 400),
            Map.entry("--inet-sockopt -tan", 400), Map.entry("--inet-sockopt -tanOim", 400),
            Map.entry("-x", 300), Map.entry("-xa", 300), Map.entry("-xapeH", 300), Map.entry("-xmaH", 300),
            Map.entry("-xl", 20),
            Map.entry("-A u_dgr -an", 20), Map.entry("-A unix_seqpacket,u_str", 200), Map.entry("-f unix -anp", 300),
            Map.entry("-uanpemH", 100), Map.entry("-una", 100), Map.entry("-u", 1), Map.entry("-ui", 1),
            Map.entry("-ul", 80),
            Map.entry("-wanpemH", 6), Map.entry("-wa", 6),
            Map.entry("-0anpemH", 6), Map.entry("-0a", 6), Map.entry("-f link -an", 6),
            Map.entry("-A packet_raw -anO", 6),
            Map.entry("-f netlink -anpemH", 10), Map.entry("-f netlink -an", 10), Map.entry("-A netlink -ae", 10),
            Map.entry("-a", 900), Map.entry("-an", 900), Map.entry("-anpO", 900), Map.entry("-l", 100),
            Map.entry("", 700),
            Map.entry("-Hn", 700), Map.entry("-4an", 300), Map.entry("-6an", 100), Map.entry("-f inet6 -an", 100),
            Map.entry("-A all -n", 700), Map.entry("-A inet -l", 100), Map.entry("-A tcp,!udp -n", 300),
            Map.entry("-x -t -an", 700),
            Map.entry("-t -A udp -an", 100), Map.entry("-A udp -t -an", 400), Map.entry("-a -l -t", 40),
            Map.entry("-l -a -t", 400),
            Map.entry("-a -A tcp", 400), Map.entry("-6 -u -an", 20), Map.entry("-daun", 100),
            Map.entry("-tn state established", 300), Map.entry("-tn state listening", 40),
            Map.entry("-an exclude established", 100),
            Map.entry("-tan state syn-sent state listening", 40), Map.entry("-x state connected", 300),
            Map.entry("-ta excl listening excl connected", 1), Map.entry("-tan sport > :1024", 200),
            Map.entry("-tan dst 127.0.0.0/8 and not sport = :1", 200), Map.entry("-a src unix:@socketmaker*", 2),
            Map.entry("-tan ( src [::1] or src 127.0.0.1 ) and dport != :0", 100), Map.entry("-xa autobound", 1),
            Map.entry("-ae src netlink:rtnl:*", 2), Map.entry("-an src link:*", 6));

    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    @TempDir
    private static Path folder = Path.of("");

    private static final List<String> ALL = OPTIONS.keySet().stream().sorted().toList();
    private static final List<Moment> MOMENTS = new ArrayList<>();
    private static NetNamespace netns;

    /**
     * A recording, and what ss showed of each set of options right behind it.
     *
     * @param ofSs       in the order of ALL
     * @param ofSockreel in the order of ALL
     */
    private record Moment(Path reel, List<byte[]> ofSs, List<CommandRun> ofSockreel) {
        static Moment take(Path reel) throws IOException {
            CommandRun.of("record", "-o", reel.toString(), "--count", "1", "--netns", netns.name()).exits(0);
            List<byte[]> ofSs = new ArrayList<>();
            List<List<String>> commands = new ArrayList<>();
            for (String options : ALL) {
                ofSs.add(output(netns.command(Stream.concat(Stream.of(SS.toString()), words(options)).toList())));
                commands.add(Stream.concat(Stream.of("ss", reel.toString()), words(options)).toList());
            }
            // there, so that both know the same range of ephemeral ports
            return new Moment(reel, ofSs, ManyCommands.runIn(netns, "-Xmx256m", commands));
        }

        private static Stream<String> words(String options) {
            return Arrays.stream(options.split(" ", -1)).filter(w -> !w.isEmpty());
        }
    }

    private static Moment moment(int number) throws IOException {
        while (MOMENTS.size() <= number) {
            MOMENTS.add(Moment.take(folder.resolve("live-" + MOMENTS.size() + ".reel")));
        }
        return MOMENTS.get(number);
    }

    @BeforeAll
    static void make() throws IOException {
        assumeTrue(NetNamespace.isAvailable(), "network namespaces need Linux, root and ip");
        assumeTrue(NativePrograms.isAvailable(), "the socket maker needs cc");
        assumeTrue(Files.isExecutable(SS), "there is no /usr/bin/ss here");
        netns = NetNamespace.create();
        OPEN.add(netns);
        OPEN.add(SocketMaker.start(netns, "--mixed"));
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable open : OPEN.reversed()) {
            open.close();
        }
    }

    private static byte[] output(ProcessBuilder command) throws IOException {
        Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        return process.getInputStream().readAllBytes();
    }

    @TestFactory
    Stream<DynamicTest> everyOptionIsAsWithSs() {
        SsText same = new SsText(Why.OLDER_SS, Why.ANOTHER_MOMENT, Why.NETLINK_HAS_NO_ORDER);
        return IntStream.range(0, ALL.size())
                .mapToObj(i -> DynamicTest.dynamicTest("ss " + ALL.get(i), () -> Again.same(
                        look -> same.difference("ss " + ALL.get(i), moment(look).ofSs().get(i),
                                moment(look).ofSockreel().get(i).exits(0).out(),
                                OPTIONS.getOrDefault(ALL.get(i), 0)))));
    }

    // ---- ss's replay of our export

    @Test
    void ssReplaysOurExportOfThisMachineToTheSameWords() throws IOException {
        replays(moment(0).reel(), 400);
    }

    @Test
    void ssReplaysOurExportsOfTheFixturesToTheSameWords() throws IOException {
        assumeTrue(Files.isExecutable(SS), "there is no /usr/bin/ss here");
        replays(Captures.WHOLE, 60);
        replays(Captures.TRUNCATED, 120);
        replays(LiveCapture.reel(folder), 20);
    }

    private static void replays(Path capture, int rows) throws IOException {
        Path dump = folder.resolve("out.D");
        Files.deleteIfExists(dump);
        CommandRun.of(capture, "export", "--to", "ss-dump", "-o", dump.toString());
        ProcessBuilder ss = new ProcessBuilder(SS.toString(), "-tanieomH");
        ss.environment().put("TCPDIAG_FILE", dump.toString());
        CommandRun ours = CommandRun.of(capture, "ss", "-tanieomH");
        new SsText(Why.OLDER_SS).assertSame(capture.toString(), output(ss), ours.out(), rows);
        assertTrue(ours.exit() == 0 || ours.exit() == 4, ours.toString());
    }
}
