package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.cli.Incident.Role;
import dev.sockreel.cli.Incident.Seen;
import dev.sockreel.dump.Severity;
import dev.sockreel.finding.Cause;
import dev.sockreel.finding.Certainty;
import dev.sockreel.finding.Victim;
import dev.sockreel.finding.What;
import dev.sockreel.fixtures.Live;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Senders that hang on a unix datagram socket that nobody reads, and a connection that a process hands to its child in
 * the middle of the recording.
 */
@Live
class LiveSendersCausesTest {
    private static final String LOG_DAEMON = """
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[2])
            ready()
            for _ in range(5): s.recv(2000)
            rest()
            """;
    private static final String LOGS_CONNECTED = """
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.connect(sys.argv[2])
            ready()
            while True: s.send(b'<30>a message ' + b'.' * 60)
            """;
    private static final String LOGS_UNCONNECTED = """
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            ready()
            while True: s.sendto(b'<30>a message ' + b'.' * 60, sys.argv[2])
            """;
    private static final String LOGS_NOTHING = """
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.connect(sys.argv[2])
            ready()
            rest()
            """;
    private static final String LOGS_TO_ITSELF = """
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            s.bind(sys.argv[2])
            c = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            c.connect(sys.argv[2])
            ready()
            while True: c.send(b'messages are dropped')
            """;

    /** Accepts, hands the connection to a child after a while, and closes its own descriptor. */
    private static final String HANDS_OVER = """
            l = listen(2222)
            ready()
            a = l.accept()[0]
            time.sleep(float(sys.argv[2]))
            child = os.fork()
            if child == 0:
                l.close()
                open('/proc/self/comm', 'w').write('session')
                rest()
                os._exit(0)
            a.close()
            print(child, time.time_ns(), flush=True)
            rest()
            """;
    private static final String SAYS_HELLO = """
            s = dial(2222)
            s.send(b'SSH-2.0-x')
            ready()
            rest()
            """;

    private static final int TAKES = 5;
    private static final String HELD_SECONDS = "1.2";
    private static final long LONG_BEFORE_THE_END_NS = 1_000_000_000L;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsNamespacesAndPython() {
        assumeTrue(Incident.isAvailable(), "the roles need Linux, root, ip, ss and python3");
    }

    @Test
    void eachThatHangsOnALogIsItsVictim() throws IOException {
        Path log = folder.resolve("log.sock");
        try (Incident incident = new Incident()) {
            Role journal = incident.start("journald", LOG_DAEMON, log);
            Role sshd = incident.start("sshd", LOGS_CONNECTED, log);
            Role dnsmasq = incident.start("dnsmasq", LOGS_CONNECTED, log);
            Role cron = incident.start("cron", LOGS_UNCONNECTED, log);
            Role quiet = incident.start("quietd", LOGS_NOTHING, log);
            Role itself = incident.start("rsyslogd", LOGS_TO_ITSELF, folder.resolve("own.sock"));
            for (Role blocked : List.of(sshd, dnsmasq, cron, itself)) {
                blocked.awaitSend();
            }
            Seen seen = incident.record(folder.resolve("log.reel"));

            Cause cause = seen.causes().of(journal, What.NOT_READING, Severity.CRITICAL);
            assertEquals(Certainty.LIKELY, cause.certainty(), seen::text);
            for (Role blocked : List.of(sshd, dnsmasq, cron)) {
                Victim victim = seen.causes().victim(cause, blocked);
                assertEquals(true, victim.blocked(), seen::text);
                assertEquals(blocked == cron ? Certainty.LIKELY : Certainty.PROVED, victim.certainty(), seen::text);
            }
            assertFalse(cause.victims().stream().anyMatch(v -> v.pid() == quiet.pid() && v.isBlocked()), seen::text);
            seen.causes().accuseNone(sshd, dnsmasq, cron, quiet);

            Cause own = seen.causes().of(itself, What.NOT_READING, Severity.CRITICAL);
            assertTrue(own.waitsForItself(), seen::text);
            assertEquals(true, seen.causes().victim(own, itself).blocked(), seen::text);
            assertTrue(seen.text().contains("for itself"), seen::text);
        }
    }

    /**
     * The child is accused where owners are looked up in each snapshot. After a single look-up the parent is likely at
     * most, and the date of the look-up is shown.
     */
    @Test
    void whoHandedAConnectionOnIsNotSurelyAtFault() throws IOException {
        assertTrue(isChildAccused("each"));
        isChildAccused("first");
    }

    /** Returns whether the child is accused, and not the parent, which is likely at most. */
    private boolean isChildAccused(String owners) throws IOException {
        for (int take = 0; take < TAKES; take++) {
            try (Incident incident = new Incident()) {
                Role parent = incident.start("acceptd", HANDS_OVER, HELD_SECONDS);
                Role client = incident.start("client", SAYS_HELLO);
                Seen seen = incident.record(folder.resolve(owners + ".reel"), "--owners", owners);
                String[] handed = parent.output().readLine().split(" ", 2);
                int child = Integer.parseInt(handed[0]);

                List<Cause> all = seen.findings().causes();
                assertEquals(1, all.size(), seen::text);
                Cause cause = all.getFirst();
                assertEquals(What.NOT_READING, cause.what(), seen::text);
                seen.causes().accuseNone(client);
                if (cause.until().realtimeNs() - Long.parseLong(handed[1]) < LONG_BEFORE_THE_END_NS) {
                    continue; // a busy machine handed it over too late
                }
                if (!seen.causes().accusing(parent).isEmpty()) {
                    assertEquals(Certainty.LIKELY, cause.certainty(), seen::text);
                    assertTrue(seen.text().replaceAll("\\s+", " ").matches(".*, as of \\S*\\d\\d:\\d\\d:\\d\\dZ .*"),
                            seen::text);
                    return false;
                }
                assertEquals(all, seen.causes().accusing(child), seen::text);
                return true;
            }
        }
        return fail("the connection was never handed over during the recording");
    }
}
