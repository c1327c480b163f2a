package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.cli.Incident.Role;
import dev.sockreel.cli.Incident.Seen;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.What;
import dev.sockreel.fixtures.Live;
import dev.sockreel.fixtures.NetNamespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that do not read tcp connections, or read slowly: each is named with its victims, and no innocent is. */
@Live
class LiveReadersCausesTest {
    private static final int COLUMNS = 80;
    private static final int MANY = 300;
    private static final long WAITED_NS = 3_000_000_000L;

    /** Accepts as many connections as wanted and reads none of them. */
    private static final String READS_NOTHING = """
            l = listen(int(sys.argv[2]))
            ready()
            kept = [l.accept()[0] for _ in range(int(sys.argv[3]))]
            ready()
            rest()
            """;
    private static final String SENDS_40_BYTES = """
            kept = [dial(int(sys.argv[2])) for _ in range(int(sys.argv[3]))]
            for s in kept: s.send(b'x' * 40)
            ready()
            rest()
            """;
    private static final String SENDS_FOR_EVER = """
            s = dial(int(sys.argv[2]))
            ready()
            while True: s.sendall(b'u' * 100_000)
            """;
    private static final String READS_SLOWLY = """
            l = listen(int(sys.argv[2]))
            ready()
            a = l.accept()[0]
            while True:
                a.recv(20_000)
                time.sleep(.1)
            """;
    private static final String PASSES_ON = """
            l = listen(int(sys.argv[2]))
            ready()
            a, b = l.accept()[0], dial(int(sys.argv[3]))
            while True: b.sendall(a.recv(65536))
            """;
    /** Says goodbye to each client, as TLS does, and closes. */
    private static final String CLOSES = """
            l = listen(int(sys.argv[2]))
            ready()
            kept = [l.accept()[0] for _ in range(10)]
            for s in kept:
                s.send(b'x' * 24)
                s.close()
            ready()
            rest()
            """;
    private static final String POOLS = """
            pool = [dial(int(sys.argv[2])) for _ in range(10)]
            ready()
            while True: time.sleep(.05)
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsNamespacesAndPython() {
        assumeTrue(Incident.isAvailable(), "the roles need Linux, root, ip, ss and python3");
    }

    @Test
    void oneStuckConnectionIsNotHiddenByManyOfAnother() throws IOException {
        try (Incident incident = new Incident();
                NetNamespace elsewhere = NetNamespace.create()) {
            elsewhere.start(elsewhere.command(List.of("sleep", "600")));
            Role alerts = incident.start("alerts", READS_NOTHING, 7001, 1);
            Role many = incident.start("chserver", READS_NOTHING, 7002, MANY);
            Role billing = incident.start("billing", READS_NOTHING, 7003, 1);
            Role client = incident.start("client-1", SENDS_40_BYTES, 7001, 1);
            incident.start("client-300", SENDS_40_BYTES, 7002, MANY);
            incident.start("client-2", SENDS_40_BYTES, 7003, 1);
            List.of(alerts, many, billing).forEach(Role::awaitReady);
            Incident.pause(WAITED_NS / 1_000_000);
            Seen seen = incident.record(folder.resolve("many.reel"));

            Cause first = seen.causes().of(alerts, What.NOT_READING, Severity.WARNING);
            Cause second = seen.causes().of(many, What.NOT_READING, Severity.WARNING);
            Cause third = seen.causes().of(billing, What.NOT_READING, Severity.WARNING);
            assertEquals(List.of(1, MANY, 1), List.of(first.sockets(), second.sockets(), third.sockets()));
            assertEquals(List.of(40L, MANY * 40L, 40L), List.of(first.bytes(), second.bytes(), third.bytes()));
            for (Cause cause : List.of(first, second, third)) {
                assertEquals(Certainty.PROVED, cause.certainty(), seen::text);
                long before = cause.since().realtimeNs() - cause.atLeastSince().realtimeNs();
                assertTrue(cause.atLeastSince().isKnown() && before >= WAITED_NS, () -> before + " " + seen.text());
            }
            assertEquals(3, seen.findings().causes().size(), seen::text);
            assertFalse(seen.causes().victim(first, client).isBlocked(), seen::text);
            for (Role named : List.of(alerts, many, billing)) {
                assertTrue(seen.text().contains(named.comm() + " (pid " + named.pid() + ")"), seen::text);
            }
            assertTrue(seen.text().lines().count() <= 40, seen::text);
            // a command line is whole in a pipe, however long it is
            assertEquals(List.of(), seen.text().lines()
                    .filter(l -> l.length() > COLUMNS && !l.contains("python3 -c")).toList());
            assertTrue(seen.text().replaceAll("\\s+", " ").matches(
                    ".* \\d+ other network namespaces with \\d+ processes were not recorded: .*"), seen::text);
        }
    }

    @Test
    void whoReadsSlowlyPassesOnOrPoolsIsNoReaderThatStopped() throws IOException {
        try (Incident incident = new Incident()) {
            Role backend = incident.start("backend", READS_NOTHING, 9301, 1);
            Role proxy = incident.start("proxy", PASSES_ON, 9300, 9301);
            Role uploader = incident.start("uploader", SENDS_FOR_EVER, 9300);
            Role replica = incident.start("replica", READS_SLOWLY, 6380);
            Role primary = incident.start("primary", SENDS_FOR_EVER, 6380);
            Role closer = incident.start("closer", CLOSES, 8443);
            Role pool = incident.start("webapp", POOLS, 8443);
            closer.awaitReady();
            backend.awaitReady();
            for (Role blocked : List.of(proxy, uploader)) {
                blocked.awaitSend();
            }
            primary.awaitFullQueue(incident.netns(), "dport = :6380");
            Seen seen = incident.record(folder.resolve("readers.reel"));

            Cause root = seen.causes().of(backend, What.NOT_READING, Severity.CRITICAL);
            Cause between = seen.causes().of(proxy, What.NOT_READING, Severity.CRITICAL);
            assertEquals(root.id(), between.waitsFor(), seen::text);
            assertNull(root.waitsFor(), seen::text);
            assertNotEquals(Certainty.PROVED, between.certainty(), seen::text);
            assertEquals("c1", root.id(), seen::text);
            assertEquals(true, seen.causes().victim(root, proxy).blocked(), seen::text);
            assertEquals(true, seen.causes().victim(between, uploader).blocked(), seen::text);

            Cause slow = seen.causes().of(replica, What.SLOW_READING, Severity.WARNING);
            assertFalse(seen.causes().victim(slow, primary).isBlocked(), seen::text);
            assertFalse(slow.sentence().contains("not read"), slow::sentence);
            assertTrue(slow.sentence().matches(".* out of a backlog of .* waits about .*"), slow::sentence);

            Cause pooled = seen.causes().of(pool, What.NOT_CLOSING, Severity.WARNING);
            assertEquals(10, pooled.sockets(), seen::text);
            assertEquals(240, pooled.bytes(), seen::text);
            seen.causes().accuseNone(uploader, primary, closer);
        }
    }
}
