package dev.sockreel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.detector.FindingsRun;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NativePrograms;
import dev.sockreel.fixtures.NetNamespace;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.sockdiag.Queue;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Takes 1,000 dumps of readers with known behaviour. Data that arrives during a dump, a FIN, a reset and MSG_PEEK do
 * not count as reading, and a process that reads is not called stuck.
 */
@Live
class LiveReadersTest {
    private static final int SNAPSHOTS = 1000;
    private static final Duration MIN_TIME = Duration.ofMillis(300);

    @TempDir
    private Path folder;

    @Test
    void noFalseReadAndNoFalseStuck() throws IOException {
        assumeTrue(NetNamespace.isAvailable(), "network namespaces need Linux, root and ip");
        assumeTrue(NativePrograms.isAvailable(), "the readers need cc");
        List<Path> reels = List.of(folder.resolve("before.reel"), folder.resolve("after.reel"));
        Map<String, Integer> ports = new HashMap<>();
        Duration stall;
        try (NetNamespace netns = NetNamespace.create()) {
            Process readers = netns.start(netns.command(List.of(NativePrograms.readers().toString()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT));
            BufferedReader output = readers.inputReader(UTF_8);
            for (String line = output.readLine(); line != null && !line.equals("ready"); line = output.readLine()) {
                ports.put(line.split(" ", 2)[0], Integer.parseInt(line.split(" ", 2)[1]));
            }
            record(netns, reels.getFirst());
            readers.getOutputStream().write('\n'); // now a FIN and a reset
            readers.getOutputStream().flush();
            record(netns, reels.getLast());
            readers.getOutputStream().close();
            stall = Duration.ofMillis(Long.parseLong(output.readLine()));
        }
        assertEquals(6, ports.size(), ports.toString());
        Map<String, List<Finding>> found = findings(reels, ports, MIN_TIME);
        for (String role : List.of("stuck", "fed", "peek", "fin", "reset")) {
            List<Finding> stuck = found.getOrDefault(role, List.of()).stream()
                    .filter(f -> f.id().equals("unread-stuck"))
                    .toList();
            assertEquals(1, stuck.size(), role + " " + found);
            assertEquals(Certainty.PROVED, stuck.getFirst().certainty(), role);
            assertTrue(stuck.getFirst().why().contains("stayed at 0"), role + " " + stuck);
            assertTrue(found.getOrDefault(role, List.of()).stream().noneMatch(f -> f.id().equals("unread-slow")),
                    role + " " + found);
        }
        // nor is it stuck for as long as it did not get the CPU
        Duration longer = stall.plus(MIN_TIME);
        assertEquals(List.of(), findings(reels, ports, longer).getOrDefault("busy", List.of()),
                () -> "who reads is not accused: " + longer);
        assertTrue(found.getOrDefault("fin", List.of()).stream().anyMatch(f -> f.id().equals("eof-unread")),
                found.toString());
        int reset = snapshots(found, "reset");
        int stuck = snapshots(found, "stuck");
        assertTrue(reset < stuck && reset > 2, "seen until the reset alone: " + reset + " of " + stuck);
    }

    private static void record(NetNamespace netns, Path reel) {
        CommandRun.of("record", "-o", reel.toString(), "--netns", netns.name(), "--families", "tcp4", "--count",
                Integer.toString(SNAPSHOTS / 2), "--interval", "6ms", "--owners", "first").exits(0);
    }

    private static int snapshots(Map<String, List<Finding>> found, String role) {
        return found.getOrDefault(role, List.of()).getFirst().snapshots();
    }

    /** Returns the findings about the receiving end of each role. */
    private static Map<String, List<Finding>> findings(List<Path> reels, Map<String, Integer> ports, Duration minTime)
            throws IOException {
        FindingsRun run = new FindingsRun(new Thresholds(3, minTime));
        int[] tooHigh = new int[1];
        for (Path reel : reels) {
            try (SnapshotReader reader = SnapshotReader.open(reel)) {
                Snapshot s;
                while ((s = reader.next()) != null) {
                    run.add(s);
                    new SnapshotSockets(s).forEach(
                            row -> tooHigh[0] += isFed(row.socket(), ports) && position(row.socket()) > 0 ? 1 : 0);
                }
            }
        }
        System.out.println("readers: " + SNAPSHOTS + " dumps, the position of one that never reads was too high in "
                + tooHigh[0]);
        Map<String, List<Finding>> byRole = new HashMap<>();
        for (Finding f : run.finish().findings()) {
            ports.forEach((role, port) -> {
                if (String.valueOf(f.socket().peer()).endsWith(":" + port)) {
                    byRole.computeIfAbsent(role, r -> new ArrayList<>()).add(f);
                }
            });
        }
        return byRole;
    }

    private static boolean isFed(Socket s, Map<String, Integer> ports) {
        return String.valueOf(s.peer()).endsWith(":" + ports.get("fed")) && !s.isListener();
    }

    private static long position(Socket s) {
        return s.recvQ() instanceof Queue.SequenceBytes q ? s.value(TcpInfo.BYTES_RECEIVED).orElse(0) - q.bytes() : 0;
    }
}
