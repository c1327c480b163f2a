package dev.sockreel.cli;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.fixtures.Uapi;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that all commands count sockets alike, and that what there is one of is in the singular. */
class CountsTest {
    private static final Pattern ONE_IN_THE_PLURAL = Pattern.compile("(?<![0-9.,:/_-])1 (?!is |was |has |does )"
            + "(snapshots|sockets|dumps|bytes|records|rows|findings|processes|places|faults|families|connections)\\b");
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final String MAKE = """
            import socket, sys
            kept = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for i in range(7)]
            for s in kept: s.bind(("127.0.0.1", 0))
            tcp = socket.create_server(("127.0.0.1", 0))
            unix = socket.socketpair()
            print("ready", flush=True)
            sys.stdin.read()
            """;

    @TempDir
    private Path folder = Path.of("");

    private static Map<String, @Nullable Object> info(Path reel) {
        return JsonTree.asObjects(JsonTree.parse(CommandRun.of(reel, "info", "--format", "json").exits(0).out()))
                .getFirst();
    }

    private static @Nullable Object sockets(Map<String, @Nullable Object> info, String family) {
        return JsonTree.asObject(JsonTree.asObject(info.get("families")).get(family)).get("sockets");
    }

    private static List<Map<String, @Nullable Object>> shown(Path reel, String... more) {
        return JsonTree.lines(CommandRun.of(reel, "show", more).exits(0).out());
    }

    /** The namespace that is dumped last has no sockets but the kernel's. */
    @Live
    @Test
    void infoCountsTheSocketsOfAllNamespaces() throws IOException {
        assumeTrue(NetNamespace.isAvailable(), "network namespaces need Linux, root and ip");
        assumeTrue(Files.isExecutable(PYTHON), "there is no python3 here");
        Path reel = folder.resolve("several.reel");
        try (NetNamespace first = NetNamespace.create();
                NetNamespace second = NetNamespace.create();
                NetNamespace empty = NetNamespace.create()) {
            for (NetNamespace netns : List.of(first, second)) {
                Process made = netns.start(netns.command(List.of(PYTHON.toString(), "-c", MAKE)));
                BufferedReader output = made.inputReader(StandardCharsets.UTF_8);
                assertEquals("ready", output.readLine());
            }
            CommandRun.of("record", "-o", reel.toString(), "--count", "2", "--interval", "200ms", "--netns",
                    first.name(), "--netns", second.name(), "--netns", empty.name()).exits(0);
        }
        Map<String, @Nullable Object> info = info(reel);
        assertEquals(14L, sockets(info, "udp4"));
        assertEquals(2L, sockets(info, "tcp4"));
        List<Map<String, @Nullable Object>> rows = shown(reel, "--format", "ndjson");
        assertEquals(3, rows.stream().map(r -> r.get("netns")).distinct().count());
        for (String family : List.of("unix", "netlink")) {
            assertEquals((long) shown(reel, family.equals("unix") ? "-x" : "--netlink", "--format", "ndjson").size(),
                    sockets(info, family));
        }
        assertEquals(Map.of("snapshot", 1L, "sockets", (long) rows.size()), info.get("listed"));
        CommandRun text = CommandRun.of(reel, "info").exits(0);
        assertTrue(text.out().contains("\nsockets     " + rows.size() + " in snapshot 1\n"), text.toString());
    }

    /** Two dumps of one family in a snapshot, of all sockets and of listeners: a socket that both list is one. */
    @Test
    void dumpsThatOverlapAreNotAddedUp() throws IOException {
        byte[] listener = socket(1).state(Uapi.TCP_LISTEN).toBytes();
        Path reel = new SyntheticLog("overlap.reel")
                .dump("all", DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0, 0xfff).seq(1), listener,
                        socket(2).toBytes(), socket(3).toBytes())
                .dump("listeners", DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0, 1 << 10).seq(1),
                        listener)
                .reel();
        assertEquals(3, shown(reel, "--format", "ndjson").size());
        Map<String, @Nullable Object> info = info(reel);
        assertEquals(3L, sockets(info, "tcp4"));
        assertEquals(Map.of("snapshot", 0L, "sockets", 3L), info.get("listed"));
    }

    private static InetDiagMsgBuilder socket(int cookie) {
        return InetDiagMsgBuilder.in(LITTLE_ENDIAN).cookie(cookie).header(h -> h.seq(1));
    }

    /** Rows that only the text of /proc/net has count too. */
    @ParameterizedTest
    @ValueSource(strings = {Capture.MODS, Capture.NOMODS, Capture.PARTIAL})
    void infoSaysHowManySocketsShowLists(String name) throws IOException {
        Path reel = Captures.imported(Capture.unpack(name).resolve("snap"), name + "-counted.reel", 0);
        List<Map<String, @Nullable Object>> rows = shown(reel, "--format", "ndjson");
        assertFalse(rows.isEmpty());
        assertEquals(Map.of("snapshot", rows.getFirst().get("snapshot"), "sockets", (long) rows.size()),
                info(reel).get("listed"));
    }

    @Test
    void whatThereIsOneOfIsInTheSingular() throws IOException {
        Path one = new SyntheticLog("one.reel")
                .dump("all", DiagRequest.inet(LITTLE_ENDIAN, Uapi.AF_INET, Uapi.IPPROTO_TCP, 0, 0xfff).seq(1),
                        socket(1).queues(1, 0).toBytes())
                .reel();
        Path out = folder.resolve("out");
        for (List<String> line : List.of(List.of("info"), List.of("show"), List.of("findings"), List.of("verify"),
                List.of("findings", "--min-snapshots", "1", "--min-time", "0s"), List.of("history", "cookie:1"),
                List.of("peers", "cookie:1"), List.of("ss", "-tan"), List.of("report", "-o", out + ".html"),
                List.of("recover", "-o", out + ".reel"), List.of("export", "--to", "csv", "-o", out + ".csv"),
                List.of("export", "--to", "pcapng", "-o", out + ".pcapng"),
                List.of("findings", one.toString()))) {
            CommandRun run = CommandRun.of(one, line.getFirst(), line.subList(1, line.size()).toArray(String[]::new))
                    .exits(0);
            String said = run.out() + run.err();
            assertFalse(ONE_IN_THE_PLURAL.matcher(said).find(), run.toString());
            assertFalse(said.lines().anyMatch(l -> l.endsWith(": ")), run.toString());
        }
    }
}
