package dev.sockreel.recorder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.recorder.options.RecordOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests what a recording shows while it runs, and what it says at its end. */
class TickerTest {
    private static final RecordOptions OPTIONS = RecordOptions.to(Path.of("x.reel"));
    private static final long S = 1_000_000_000L;
    /** 2027-01-15 08:00:00 UTC. */
    private static final long EIGHT = 1_800_000_000L * S;

    private final StringWriter err = new StringWriter();

    private Ticker ticker(boolean terminal, RecordOptions options) {
        return new Ticker(new PrintWriter(err), terminal, options);
    }

    private static RecordedSoFar totals(int snapshots, long missed, int unfinished, long elapsedS) {
        return new RecordedSoFar(snapshots, 1234, 48_100, missed, 0, unfinished, elapsedS * S,
                new ReceiveTime(EIGHT, 0), new ReceiveTime(EIGHT + elapsedS * S, elapsedS * S));
    }

    @Test
    void onATerminalOneLineIsOverwritten() {
        Ticker ticker = ticker(true, OPTIONS.withCount(9));
        ticker.took(totals(1, 0, 0, 0));
        ticker.took(totals(2, 1, 1, 10));
        ticker.say("something happened");
        ticker.took(totals(3, 1, 1, 20));
        ticker.end();
        assertEquals("\r\033[K1 of 9 snapshots, 0s (1m20s left), 1234 sockets, 48.1 kB on disk"
                + "\r\033[K2 of 9 snapshots, 1 skipped, 1 dump not whole, 10s (1m10s left), 1234 sockets"
                + "\r\033[Ksomething happened\n"
                + "\r\033[K3 of 9 snapshots, 1 skipped, 1 dump not whole, 20s (1m00s left), 1234 sockets"
                + "\r\033[K", err.toString());
        for (String line : err.toString().split("\r\033\\[K|\n", -1)) {
            assertTrue(line.length() < 80, line);
        }
    }

    @Test
    void whatIsLeftIsTheShorterOfCountAndDuration() {
        ticker(true, OPTIONS.withCount(9).withDuration(Duration.ofSeconds(25))).took(totals(2, 0, 0, 10));
        assertTrue(err.toString().contains(", 10s (15s left), "), err::toString);
        ticker(true, OPTIONS).took(totals(2, 0, 0, 3 * 3600 + 60));
        assertTrue(err.toString().contains(", 3h01m, "), err::toString);
    }

    @Test
    void elsewhereOnlyLinesArePrinted() {
        Ticker ticker = ticker(false, OPTIONS);
        ticker.took(totals(1, 0, 0, 0));
        ticker.say("a name\033[2J");
        ticker.end();
        assertFalse(err.toString().contains("\033"), err::toString);
        assertEquals(1, err.toString().lines().count());
    }

    private static List<String> summary(
            RecordedSoFar totals, int snapshots, int goneFiles, int goneSnapshots, long masked) {
        return SummaryText.of(new RecordSummary(Path.of("host.reel"), 1, goneFiles, snapshots, goneSnapshots, 9999,
                99_999, 48_100, masked, totals, List.of(), List.of(), 40_000_000, 14_000_000));
    }

    @Test
    void theSummaryTellsWhatToDoNext() {
        assertEquals(List.of(
                "host.reel: 3 snapshots, 2027-01-15 08:00:00 to 08:00:20 UTC, 48.1 kB on disk",
                "1234 sockets in the last one; nothing skipped or cut; 18 ms of CPU a snapshot",
                "Next: sockreel findings host.reel"), summary(totals(3, 0, 0, 20), 3, 0, 0, 0));
        assertTrue(summary(totals(3, 0, 0, 57_600), 3, 0, 0, 0).getFirst()
                .contains("2027-01-15 08:00:00 to 2027-01-16 00:00:00 UTC"));
    }

    @Test
    void theSummaryTellsWhatIsMissing() {
        List<String> lines = summary(totals(3, 12, 2, 20), 3, 0, 0, 16);
        assertEquals("1234 sockets in the last one; 2 dumps are not whole; 12 snapshots skipped", lines.get(1));
        assertEquals("1234 sockets in the last one; nothing skipped or cut; 16 bytes of keys zeroed",
                summary(totals(1, 0, 0, 0), 2, 0, 0, 16).get(1));
        assertEquals(List.of(), lines.stream().filter(l -> l.length() > 80).toList());
        List<String> gone = summary(totals(9, 0, 0, 80), 2, 3, 7, 0);
        assertEquals("host.reel: 2 snapshots, the last 2027-01-15 08:01:20 UTC, 48.1 kB on disk", gone.getFirst());
        assertTrue(gone.get(1).contains("3 earlier parts with 7 snapshots are gone"), gone::toString);
    }

    /** Without handlers there is the text of /proc/net, which nobody counted: that is not 0 sockets. */
    @Test
    void whatNobodyCountedIsNotZero() {
        RecordedSoFar none = new RecordedSoFar(3, RecordedSoFar.NOT_COUNTED, 48_100, 0, 0, 0, 20 * S,
                ReceiveTime.NONE, ReceiveTime.NONE);
        assertTrue(summary(none, 3, 0, 0, 0).get(1).startsWith("sockets not counted: the kernel answered no dump; "));
        RecordSummary part = new RecordSummary(Path.of("host.reel"), 1, 0, 3, 0, 9999, 99_999, 48_100, 0,
                totals(3, 0, 0, 20), List.of("unix", "raw4"), List.of(), 40_000_000, 14_000_000);
        assertTrue(SummaryText.of(part).get(1).startsWith("1234 sockets in the last one, without unix raw4; "));
        DumpTally tally = new DumpTally();
        assertEquals(RecordedSoFar.NOT_COUNTED, tally.takeSockets());
        tally.add(Family.all().getFirst(), new DumpReceiver.Result(DumpEnd.Outcome.DONE, 0, 0, ""));
        assertEquals(0, tally.takeSockets(), "an answer without sockets");
        tally.add(Family.all().getFirst(), new DumpReceiver.Result(DumpEnd.Outcome.ERROR, Errno.ENOENT, 0, ""));
        assertEquals(RecordedSoFar.NOT_COUNTED, tally.takeSockets());
    }

    @Test
    void oneSnapshotHasOneTime() {
        assertEquals("host.reel: 1 snapshot, 2027-01-15 08:00:00 UTC, 48.1 kB on disk",
                summary(totals(1, 0, 0, 0), 1, 0, 0, 0).getFirst());
    }

    @Test
    void nothingRecordedIsNothingToLookAt() {
        assertEquals(2, summary(new RecordedSoFar(0, 0, 0, 0, 0, 0, 0, ReceiveTime.NONE, ReceiveTime.NONE),
                0, 0, 0, 0).size());
    }
}
