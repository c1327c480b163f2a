package dev.sockreel.recorder.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.Threads;
import dev.sockreel.fixtures.Live;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@Live
class ThreadScanTest {
    private static final int PID = (int) ProcessHandle.current().pid();

    private static NavigableMap<Integer, OwnerScan.Owner> holders(int... pids) {
        NavigableMap<Integer, OwnerScan.Owner> out = new TreeMap<>();
        for (int pid : pids) {
            out.put(pid, new OwnerScan.Owner(1, new int[0]));
        }
        return out;
    }

    @Test
    void theBudgetIsAShareOfTheInterval() {
        assertEquals(5_000_000, ThreadScan.budgetNs(Duration.ofMillis(1)));
        assertEquals(5_000_000, ThreadScan.budgetNs(Duration.ofMillis(250)));
        assertEquals(20_000_000, ThreadScan.budgetNs(Duration.ofSeconds(1)));
        assertEquals(100_000_000, ThreadScan.budgetNs(Duration.ofSeconds(10)));
        assertEquals(100_000_000, ThreadScan.budgetNs(Duration.ofDays(7)));
    }

    /** Without any time, a scan reads some threads; with little, all have their turn. */
    @Test
    void everyThreadHasItsTurn() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            threads.add(Thread.ofPlatform().daemon().start(() -> awaitQuietly(end)));
        }
        try {
            Threads some = new ThreadScan(-1).scan(3, holders(PID));
            assertEquals(3, some.snapshot());
            assertEquals(Threads.BUDGET_SPENT, some.flags());
            int read = some.processes().getFirst().threads().size();
            assertTrue(read > ThreadScan.MIN_THREADS / 2 && read <= ThreadScan.MIN_THREADS,
                    read + " threads; those of the JVM may have ended between being listed and read");

            ThreadScan scan = new ThreadScan(1_000_000);
            Set<Integer> seen = new HashSet<>();
            int scans = 0;
            while (scans < 500 && seen.size() < 200) {
                Threads part = scan.scan(scans++, holders(PID));
                part.processes().forEach(p -> p.threads().forEach(t -> seen.add(t.tid())));
            }
            assertTrue(scans > 1, "1 ms is too little for 200 threads");
            assertTrue(seen.size() >= 200, seen.size() + " threads in " + scans + " scans");
        } finally {
            end.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether pid 1 may be looked at depends on the machine; either way the record must agree with /proc. */
    @Test
    void whatIsNotPermittedIsRecorded() {
        Threads got = new ThreadScan(10_000_000_000L).scan(0, holders(1, PID));
        assertEquals(2, got.processes().size());
        Threads.Thread init = got.processes().getFirst().threads().getFirst();
        assertEquals(1, init.tid());
        assertEquals(isReadable(Path.of("/proc/1/task/1/syscall")), init.errno() == 0);
        if (init.errno() != 0) {
            assertEquals(Threads.UNREADABLE, init.call());
            assertEquals(Threads.NO_ARGUMENT, init.argument());
        }
        assertTrue(got.processes().getLast().threads().stream().allMatch(t -> t.errno() == 0));
    }

    private static boolean isReadable(Path file) {
        try {
            return !new String(Files.readAllBytes(file), StandardCharsets.US_ASCII).isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aProcessThatHasEndedIsLeftOut() {
        assertEquals(List.of(), new ThreadScan(10_000_000_000L).scan(0, holders(0x3fffffff)).processes());
    }
}
