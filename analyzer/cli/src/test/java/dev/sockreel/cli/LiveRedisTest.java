package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.JsonTree;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NetNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Observes two Redis servers under traffic on tcp and unix sockets. The one stopped by a signal is reported with owner
 * and state, the working one is not.
 */
@Live
class LiveRedisTest {
    private static final Path SERVER = Path.of("/usr/bin/redis-server");
    private static final Path TRAFFIC = Path.of("/usr/bin/redis-benchmark");
    private static final Path CLIENT = Path.of("/usr/bin/redis-cli");
    private static final int WORKING = 6401;
    private static final int STOPPED = 6402;
    private static final int CLIENTS = 4;

    @TempDir
    private Path folder;

    @Test
    void theStoppedServerIsNamedAndTheWorkingOneIsNot() throws IOException, InterruptedException {
        assumeTrue(NetNamespace.isAvailable(), "network namespaces need Linux, root and ip");
        assumeTrue(Files.isExecutable(SERVER) && Files.isExecutable(TRAFFIC) && Files.isExecutable(CLIENT),
                "there is no redis-server here");
        Path reel = folder.resolve("redis.reel");
        long stopped;
        try (NetNamespace netns = NetNamespace.create()) {
            Process working = server(netns, WORKING);
            Process victim = server(netns, STOPPED);
            stopped = victim.pid();
            for (int port : List.of(WORKING, STOPPED)) {
                await(() -> Files.exists(socket(port)), "sockets of redis-server");
                traffic(netns, "-p", Integer.toString(port));
                traffic(netns, "-s", socket(port).toString());
            }
            List<Process> clients = List.of(
                    client(netns, "-p", Integer.toString(STOPPED)), client(netns, "-s", socket(STOPPED).toString()));
            awaitTraffic(netns);
            signal("-STOP", victim);
            // The server may have been stopped with nothing left to read.
            for (Process client : clients) {
                say(client, "PING");
            }
            try {
                CommandRun.of("record", "-o", reel.toString(), "--netns", netns.name(), "--families", "tcp,unix",
                        "--count", "5", "--interval", "1s", "--owners", "each").exits(0);
            } finally {
                signal("-CONT", victim);
            }
            assertTrue(working.isAlive() && victim.isAlive());
        }
        Map<String, @Nullable Object> json =
                JsonTree.object(CommandRun.of(reel, "findings", "--format", "json").exits(0).out());
        Map<String, Integer> ofStopped = new HashMap<>();
        for (Map<String, @Nullable Object> finding : JsonTree.asObjects(json.get("findings"))) {
            for (Map<String, @Nullable Object> owner : owners(finding)) {
                boolean victim = Long.valueOf(stopped).equals(owner.get("pid"));
                if (victim) {
                    assertEquals("T", owner.get("state"), finding.toString());
                    assertEquals("redis-server", owner.get("comm"));
                    ofStopped.merge(finding.get("id") + " " + finding.get("certainty"), 1, Integer::sum);
                } else if ("redis-server".equals(owner.get("comm"))) {
                    assertEquals("info", finding.get("severity"), "the working server is accused: " + finding);
                }
            }
        }
        System.out.println("stopped redis: " + ofStopped);
        assertTrue(ofStopped.containsKey("unread-stuck proved"), ofStopped.toString());
        assertTrue(ofStopped.containsKey("unread-unproven likely"), ofStopped.toString());
    }

    private static List<Map<String, @Nullable Object>> owners(Map<String, @Nullable Object> finding) {
        Object owners = JsonTree.asObject(finding.get("socket")).get("owners");
        return owners == null ? List.of() : JsonTree.asObjects(owners);
    }

    private Path socket(int port) {
        return folder.resolve("redis-" + port + ".sock");
    }

    private Process server(NetNamespace netns, int port) {
        return netns.start(netns.command(List.of(
                SERVER.toString(), "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "",
                "--daemonize", "no", "--dir", folder.toString(), "--unixsocket", socket(port).toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    /** Starts traffic with few clients, for the sake of small machines; it ends with the namespace. */
    private static void traffic(NetNamespace netns, String... where) {
        List<String> command =
                new ArrayList<>(List.of(TRAFFIC.toString(), "-q", "-c", Integer.toString(CLIENTS), "-n", "100000000",
                        "-t", "set"));
        command.addAll(List.of(where));
        netns.start(netns.command(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    /** Opens a connection and waits for the server's first answer. */
    private static Process client(NetNamespace netns, String... where) throws IOException {
        List<String> command = new ArrayList<>(List.of(CLIENT.toString()));
        command.addAll(List.of(where));
        Process client = netns.start(netns.command(command).redirectError(ProcessBuilder.Redirect.DISCARD));
        say(client, "PING");
        assertEquals("PONG", client.inputReader().readLine());
        return client;
    }

    private static void say(Process client, String line) throws IOException {
        client.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    /** Waits until both servers have accepted all clients of their traffic. */
    private void awaitTraffic(NetNamespace netns) throws InterruptedException {
        for (int port : List.of(WORKING, STOPPED)) {
            await(() -> established(netns, "-Htn", "sport = :" + port) >= CLIENTS
                    && established(netns, "-Hxn", "src unix:" + socket(port)) >= CLIENTS, "clients of " + port);
        }
    }

    private static long established(NetNamespace netns, String options, String filter) {
        return netns.run("ss", options, "state", "established", filter).lines().count();
    }

    private static void await(BooleanSupplier condition, String what) throws InterruptedException {
        for (int i = 0; i < 1200 && !condition.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        assertTrue(condition.getAsBoolean(), () -> "there are no " + what);
    }

    private static void signal(String signal, Process process) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor());
    }
}
