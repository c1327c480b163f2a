package dev.sockreel.snapshot;

import static dev.sockreel.verdict.WrittenCapture.process;
import static dev.sockreel.verdict.WrittenCapture.startedAt;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.capture.record.Threads;
import dev.sockreel.process.OwnerProcess;
import dev.sockreel.process.ProcessFacts;
import dev.sockreel.process.ThreadWait;
import dev.sockreel.verdict.WrittenCapture;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests what owners have beside pid and descriptor: look-up time, facts about their process, threads. */
class OwnerFactsTest {
    private static final int EM_X86_64 = 62;

    private static WrittenCapture capture() {
        return WrittenCapture.begin(ByteOrder.LITTLE_ENDIAN)
                .write(new HostEvidence(Map.of(
                        HostEvidence.BOOT_TIME_S, "1700000000", HostEvidence.CLOCK_TICKS, "100")))
                .snapshot(0);
    }

    private static Processes facts(int snapshot, int pid, long ticks, String cmdline) {
        return new Processes(snapshot, ReceiveTime.NONE, List.of(new Processes.Facts(
                pid, ticks, 33, "www-data", 0, cmdline.getBytes(UTF_8),
                "0::/system.slice/nginx.service\n".getBytes(UTF_8), 4026531840L, EM_X86_64)));
    }

    private static Owner only(Snapshot snapshot, long inode) {
        List<Owner> owners = requireNonNull(snapshot.owners().of(inode, snapshot.index()));
        assertEquals(1, owners.size());
        return owners.getFirst();
    }

    @Test
    void factsAreFoundByPidAndStartAndKept() {
        List<Snapshot> all = capture()
                .write(facts(0, 7, 12_345, "nginx\0-c\0/etc/nginx.conf\0"))
                .owners(0, startedAt(12_345, process(7, "nginx", 'S', 100, 101)))
                .snapshot(1).states(startedAt(12_345, process(7, "nginx", 'T')))
                .snapshot(2).owners(0, startedAt(12_345, process(7, "nginx", 'R', 100)))
                .read();
        ProcessFacts facts = only(all.getFirst(), 100).process().facts();
        assertEquals("nginx -c /etc/nginx.conf", facts.cmdline().text());
        assertEquals("www-data", facts.user());
        assertEquals("nginx.service", facts.cgroup().unit());
        assertEquals(1_700_000_123_450_000_000L, facts.startedNs());
        assertSame(only(all.getFirst(), 100).process(), only(all.getFirst(), 101).process());
        for (Snapshot s : all) {
            assertSame(facts, only(s, 100).process().facts());
        }
        assertEquals(List.of("S", "T", "R"), all.stream().map(s -> only(s, 100).state()).toList());
    }

    @Test
    void aReusedPidHasNoFactsOfItsPredecessor() {
        List<Snapshot> all = capture()
                .write(facts(0, 7, 12_345, "nginx\0"))
                .owners(0, startedAt(12_345, process(7, "nginx", 'S', 100)))
                .snapshot(1).owners(0, startedAt(99_999, process(7, "curl", 'S', 100)))
                .read();
        assertNull(only(all.get(1), 100).process().facts().cmdline().text());
        assertEquals(1_700_000_999_990_000_000L, only(all.get(1), 100).process().facts().startedNs());
    }

    /** A refresh that names another process of the same pid does not show that the holder lives. */
    @Test
    void aRefreshOfAnotherLifeEndsTheHolder() {
        List<Snapshot> all = capture().owners(0, startedAt(1, process(7, "nginx", 'S', 100)))
                .snapshot(1).states(startedAt(2, process(7, "nginx", 'S')))
                .snapshot(2).states(startedAt(1, process(7, "nginx", 'S')))
                .read();
        assertNull(all.get(1).owners().of(100, 1));
        assertNull(all.get(2).owners().of(100, 2), "what has ended does not come back");
    }

    @Test
    void theTimeOfTheLookUpIsCarriedOver() {
        List<Snapshot> all = capture().owners(0, process(7, "a", 'S', 100))
                .snapshot(9).states(process(7, "a", 'S'))
                .read();
        Owner later = only(all.get(1), 100);
        assertEquals(all.getFirst().begin(), later.asOf());
        assertTrue(later.isLookedUpBefore(all.get(1).begin()));
        assertFalse(only(all.getFirst(), 100).isLookedUpBefore(all.getFirst().begin()));
    }

    /** A part of a scan was read after the part before it, and no one knows when exactly. */
    @Test
    void aPartIsAsOldAsTheEndOfTheOneBefore() {
        ReceiveTime begun = new ReceiveTime(100, 1);
        ReceiveTime first = new ReceiveTime(200, 2);
        Snapshot snapshot = capture()
                .write(new Owners(0, true, 0, false, begun, first, 0, 0, 0, List.of(process(7, "a", 'S', 100))))
                .write(new Owners(0, true, 1, true, begun, new ReceiveTime(300, 3), 2, 0, 0,
                        List.of(process(8, "b", 'S', 101))))
                .read().getFirst();
        assertEquals(begun, only(snapshot, 100).asOf());
        assertEquals(first, only(snapshot, 101).asOf());
    }

    @Test
    void threadsAreThoseOfTheirSnapshot() {
        Threads threads = new Threads(0, ReceiveTime.NONE, 0, List.of(new Threads.Process(7, 0, List.of(
                new Threads.Thread(7, 'S', 44, 3, 0, "sk_stream_wait_memory"),
                new Threads.Thread(8, 'R', Threads.RUNNING, Threads.NO_ARGUMENT, 0, "")))));
        List<Snapshot> all = capture()
                .write(facts(0, 7, 5, "a\0b\0"))
                .write(threads)
                .owners(0, startedAt(5, process(7, "a", 'S', 100)))
                .snapshot(1).states(startedAt(5, process(7, "a", 'S')))
                .read();
        Owner first = only(all.getFirst(), 100);
        assertEquals(List.of(
                new ThreadWait(7, "S", "sendto", 3, "sk_stream_wait_memory", null),
                new ThreadWait(8, "R", null, ThreadWait.NO_FD, null, "running")), first.process().threads());
        assertTrue(requireNonNull(first.process().threads()).getFirst().isSendingOn(first.fd()));
        OwnerProcess later = only(all.get(1), 100).process();
        assertNull(later.threads());
        assertEquals(later, requireNonNull(Owner.lasting(List.of(first))).getFirst().process());
    }
}
