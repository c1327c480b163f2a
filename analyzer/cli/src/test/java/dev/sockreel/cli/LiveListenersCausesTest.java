package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that do not accept, or too slowly, and clients that hang in connect(). */
@Live
class LiveListenersCausesTest {
    private static final String DEAD = "10.79.0.9";

    private static final String WORKS = """
            l = listen(8000, 64, 1)
            ready()
            while True:
                c = l.accept()[0]
                c.recv(1000)
                c.send(b'ok')
                c.close()
            """;
    private static final String DOES_NOTHING = """
            l = listen(8000, 64, 1)
            ready()
            rest()
            """;
    /** Keeps the connections that got no answer, as a browser that waits; those that got one are closed. */
    private static final String BROWSES = """
            waiting = []
            while len(waiting) < 4:
                asked = [dial(8000) for _ in range(16)]
                for s in asked: s.send(b'GET /')
                end = time.time() + 2
                for s in asked:
                    s.settimeout(max(.01, end - time.time()))
                    try:
                        s.recv(1000)
                        s.close()
                    except TimeoutError:
                        waiting.append(s)
            ready()
            rest()
            """;

    /** Accepts all that wait, five times a second. */
    private static final String ACCEPTS_NOW_AND_THEN = """
            l = listen(8080, 4)
            l.setblocking(False)
            ready()
            while True:
                time.sleep(.2)
                try:
                    while True: l.accept()[0].close()
                except BlockingIOError: pass
            """;
    private static final String BURSTS = """
            def burst():
                all = []
                for _ in range(12):
                    s = socket.socket()
                    s.setblocking(False)
                    try: s.connect(('127.0.0.1', 8080))
                    except BlockingIOError: pass
                    all.append(s)
                time.sleep(.3)
                for s in all: s.close()
            burst()
            ready()
            while True: burst()
            """;

    private static final String LISTENS = """
            l = listen(7171, 1)
            ready()
            rest()
            """;
    private static final String CONNECTS = """
            s = socket.socket()
            if sys.argv[3] == 'hangs': ready()
            s.connect((sys.argv[2], 7171))
            ready()
            rest()
            """;

    private static final String LISTENS_ON_A_PATH = """
            l = socket.socket(socket.AF_UNIX)
            l.bind(sys.argv[2])
            l.listen(0)
            ready()
            rest()
            """;
    private static final String CONNECTS_TO_A_PATH = """
            s = socket.socket(socket.AF_UNIX)
            if sys.argv[3] == 'hangs': ready()
            s.connect(sys.argv[2])
            ready()
            rest()
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsNamespacesAndPython() {
        assumeTrue(Incident.isAvailable(), "the roles need Linux, root, ip, ss and python3");
    }

    @Test
    void theOneOfSeveralWorkersThatIsStuckIsAccused() throws IOException {
        try (Incident incident = new Incident()) {
            Role first = incident.start("worker-1", WORKS);
            Role stuck = incident.start("worker-2", DOES_NOTHING);
            Role third = incident.start("worker-3", WORKS);
            Role browser = incident.start("browser", BROWSES);
            Seen seen = incident.record(folder.resolve("workers.reel"));

            Cause cause = seen.causes().of(stuck, What.NOT_ACCEPTING, Severity.WARNING);
            assertEquals(Certainty.PROVED, cause.certainty(), seen::text);
            assertTrue(cause.sockets() >= 4, seen::text);
            assertEquals(List.of(cause), seen.findings().causes().stream()
                    .filter(c -> c.what() == What.NOT_ACCEPTING || c.what() == What.WAITING)
                    .toList(), seen::text);
            assertEquals(cause.sockets(), seen.causes().victim(cause, browser).sockets(), seen::text);
            seen.causes().accuseNone(first, third);
        }
    }

    @Test
    void whoDropsConnectionsIsNotToldToReadMoreOften() throws IOException {
        try (Incident incident = new Incident()) {
            Role httpd = incident.start("httpd", ACCEPTS_NOW_AND_THEN);
            Role bursts = incident.start("bursts", BURSTS);
            Seen seen = incident.record(folder.resolve("bursts.reel"));

            List<Cause> causes = seen.causes().accusing(httpd);
            assertEquals(1, causes.size(), seen::text);
            Cause cause = causes.getFirst();
            assertEquals(What.DROPS, cause.what(), seen::text);
            assertTrue(cause.sentence().contains("(ListenOverflows)"), seen::text);
            assertTrue(cause.next().contains("backlog"), seen::text);
            assertFalse(seen.text().contains("SO_RCVBUF") || seen.text().contains("does not read"), seen::text);
            seen.causes().accuseNone(bursts);
        }
    }

    @Test
    void whoHangsInConnectIsTheVictimOfAListenerOrOfNobodyKnown() throws IOException {
        try (Incident incident = new Incident()) {
            deadAddress(incident.netns());
            Role full = incident.start("fullsrv", LISTENS);
            incident.start("queued-1", CONNECTS, "127.0.0.1", "connects");
            incident.start("queued-2", CONNECTS, "127.0.0.1", "connects");
            Role atFull = incident.start("curl-full", CONNECTS, "127.0.0.1", "hangs");
            Role atDead = incident.start("curl-dead", CONNECTS, DEAD, "hangs");
            Path path = folder.resolve("full.sock");
            Role fullPath = incident.start("fullunix", LISTENS_ON_A_PATH, path);
            incident.start("queued-3", CONNECTS_TO_A_PATH, path, "connects");
            Role atPath = incident.start("curl-unix", CONNECTS_TO_A_PATH, path, "hangs");
            for (Role hanging : List.of(atFull, atDead, atPath)) {
                hanging.awaitConnect();
            }
            Seen seen = incident.record(folder.resolve("connect.reel"));

            Cause listener = seen.causes().of(full, What.NOT_ACCEPTING, Severity.CRITICAL);
            assertEquals(true, seen.causes().victim(listener, atFull).blocked(), seen::text);
            Cause unix = seen.causes().of(fullPath, What.NOT_ACCEPTING, Severity.CRITICAL);
            assertEquals(true, seen.causes().victim(unix, atPath).blocked(), seen::text);
            List<Cause> unknown = seen.findings().causes().stream()
                    .filter(c -> c.what() == What.CONNECT_HANGS)
                    .toList();
            assertEquals(1, unknown.size(), seen::text);
            Cause dead = unknown.getFirst();
            assertEquals(Severity.CRITICAL, dead.severity(), seen::text);
            assertEquals(Set.of(DEAD + ":7171"), dead.remote().keySet(), seen::text);
            assertEquals(true, seen.causes().victim(dead, atDead).blocked(), seen::text);
            assertEquals(3, seen.findings().causes().size(), seen::text);
            seen.causes().accuseNone(atFull, atDead, atPath);
        }
    }

    /** Makes an address that is reachable on the link, and that nobody answers for. */
    private static void deadAddress(NetNamespace netns) {
        netns.run("ip", "link", "add", "d0", "type", "veth", "peer", "name", "d1");
        netns.run("ip", "addr", "add", "10.79.0.1/24", "dev", "d0");
        netns.run("ip", "link", "set", "d0", "up");
        netns.run("ip", "link", "set", "d1", "up");
        netns.run("ip", "neigh", "add", DEAD, "lladdr", "02:00:00:00:00:09", "dev", "d0");
    }
}
