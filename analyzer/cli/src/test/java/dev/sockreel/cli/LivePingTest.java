package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NetNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads ping sockets, which have no handler, from /proc/net: each once, with its holder. */
@Live
class LivePingTest {
    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final String MAKE = """
            import socket, sys
            a = socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)
            a.bind(("127.0.0.1", 77))
            b = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM, socket.IPPROTO_ICMPV6)
            b.bind(("::1", 78))
            print("ready", flush=True)
            sys.stdin.read()
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void eachIsARowOfItsOwn() throws IOException {
        assumeTrue(NetNamespace.isAvailable(), "network namespaces need Linux, root and ip");
        assumeTrue(Files.isExecutable(PYTHON), "there is no python3 here");
        Path reel = folder.resolve("ping.reel");
        try (NetNamespace netns = NetNamespace.create()) {
            netns.run("sh", "-c", "echo 0 0 > /proc/sys/net/ipv4/ping_group_range");
            Process made = netns.start(netns.command(List.of(PYTHON.toString(), "-c", MAKE)));
            BufferedReader output = made.inputReader(StandardCharsets.UTF_8);
            assumeTrue("ready".equals(output.readLine()), "this kernel makes no ping sockets");
            CommandRun
                    .of("record", "-o", reel.toString(), "--count", "2", "--interval", "200ms", "--netns", netns.name())
                    .exits(0);
            made.getOutputStream().close();
        }
        List<Map<String, @Nullable Object>> ping =
                JsonTree.lines(CommandRun.of(reel, "show", "--all", "--format", "ndjson").exits(0).out()).stream()
                        .filter(r -> String.valueOf(r.get("netid")).startsWith("icmp"))
                        .toList();
        assertEquals(List.of("0 icmp 127.0.0.1:77", "0 icmp6 [::1]:78", "1 icmp 127.0.0.1:77", "1 icmp6 [::1]:78"),
                ping.stream().map(r -> r.get("snapshot") + " " + r.get("netid") + " " + r.get("local")).toList());
        for (Map<String, @Nullable Object> row : ping) {
            assertEquals("proc", row.get("source"));
            assertEquals("python3", JsonTree.asObjects(row.get("owners")).getFirst().get("comm"), row.toString());
        }
        CommandRun info = CommandRun.of(reel, "info").exits(0);
        assertTrue(
                info.out().replaceAll("\\s+", " ")
                        .contains("sock_diag has no handler for ping sockets, so only the text of"
                                + " /proc/net shows them: cookies and bound devices of 2 ping sockets are unknown."),
                info.toString());
    }
}
