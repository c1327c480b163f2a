package dev.sockreel.report;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.address.AddressText;
import dev.sockreel.capture.CaptureReader;
import dev.sockreel.finding.Finding;
import dev.sockreel.finding.Thresholds;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.Truth;
import dev.sockreel.fixtures.TruthSocket;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SocketIdentity;
import dev.sockreel.source.ImportedCapture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests reports on five snapshots of sockets whose truth is known. */
class ReportRunTest {
    private static final Path CAPTURE = Capture.unpack(Capture.MODS);
    private static final ImportedCapture SNAP = ImportedCapture.folder(Capture.MODS, "snap");

    private static final class Heard implements ReportRun.Listener {
        private final List<Integer> read = new ArrayList<>();
        private int files;
        private int followed;

        @Override
        public void read(Snapshot snapshot) {
            read.add(snapshot.index());
        }

        @Override
        public void ended(CaptureReader capture) {
            files++;
        }

        @Override
        public void followed(int snapshots, int of) {
            assertEquals(++followed, snapshots);
        }
    }

    private static ReportData data(ReportLimits limits) throws IOException {
        return ReportRun.of(List.of(SNAP.reel()), Thresholds.DEFAULT, limits, new Heard());
    }

    private static Set<SocketIdentity> identities(ReportData data) {
        return data.sockets().stream()
                .map(s -> requireNonNull(s.row().identity()))
                .collect(Collectors.toSet());
    }

    @Test
    void withRoomForAllNoneIsLeftOut() throws IOException {
        Heard heard = new Heard();
        ReportData data = ReportRun.of(List.of(SNAP.reel()), Thresholds.DEFAULT, ReportLimits.DEFAULT, heard);
        assertEquals(List.of(0, 1, 2, 3, 4), heard.read);
        assertEquals(1, heard.files);
        assertEquals(5, heard.followed);
        Set<SocketIdentity> all = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            SNAP.rows(i).forEach(r -> all.add(requireNonNull(r.identity())));
            assertEquals(SNAP.rows(i).size(), data.snapshots().get(i).sockets());
        }
        assertEquals(all, identities(data));
        assertTrue(data.everything());
    }

    @Test
    void withLittleRoomTheFindingsComeFirst() throws IOException {
        ReportData data = data(new ReportLimits(7, 4, 2, 3, 2, 2));
        assertEquals(7, data.sockets().size());
        assertFalse(data.everything());
        List<SocketIdentity> worst = data.findings().findings().stream()
                .map(Finding::socket)
                .map(r -> requireNonNull(r.identity()))
                .distinct()
                .limit(7)
                .toList();
        assertEquals(worst, data.sockets().stream().map(s -> s.row().identity()).toList());
        assertTrue(data.sockets().stream().allMatch(s -> s.history().size() <= 4));
        assertEquals(3, data.sockets().stream().filter(s -> s.talk() != null).count());
        assertEquals(2, data.timeline().columns().size());
        assertEquals(5, data.snapshots().size());
    }

    /** Without findings, the sample consists of sockets with data, then of listeners. */
    @Test
    void theSampleHasTheInterestingOnes() throws IOException {
        Thresholds never = new Thresholds(1000, java.time.Duration.ofDays(1));
        ReportData data = ReportRun.of(
                List.of(SNAP.reel()), never, new ReportLimits(70, 4, 4, 0, 10, 0), new Heard());
        Set<SocketIdentity> shown = identities(data);
        for (int i = 0; i < 5; i++) {
            SNAP.rows(i).stream()
                    .filter(r -> Boolean.TRUE.equals(r.socket().waiting()))
                    .forEach(r -> assertTrue(shown.contains(requireNonNull(r.identity())),
                            AddressText.orNull(r.socket().local())));
        }
    }

    /** The maker's count of unread bytes at each step is the history of each moving socket. */
    @Test
    void historiesAreTheMakersTruth() throws IOException {
        Map<Long, ReportSocket> byCookie = new HashMap<>();
        data(ReportLimits.DEFAULT).sockets().forEach(s -> byCookie.put(s.row().socket().cookie(), s));
        int compared = 0;
        for (TruthSocket t : Truth.steps(CAPTURE)) {
            ReportSocket socket = byCookie.get(requireNonNull(t.cookie()));
            if (socket == null || t.unread() == null || t.unread() < 0 || !"ESTAB".equals(t.state())) {
                continue;
            }
            Stretch at = socket.history().stream()
                    .filter(s -> s.first() <= t.step() - 1 && t.step() - 1 <= s.last())
                    .findFirst()
                    .orElseThrow();
            assertEquals(t.unread().longValue(), at.recvQHigh(), t.name() + " at " + t.when());
            assertEquals(at.recvQLow(), at.recvQHigh());
            compared++;
        }
        assertTrue(compared > 50, compared + " compared");
    }

    /** The report shows the other end of a stuck reader, its writer. */
    @Test
    void theOtherEndIsThere() throws IOException {
        ReportData data = data(ReportLimits.DEFAULT);
        ReportSocket stuck = data.sockets().stream()
                .filter(s -> "127.0.0.1:46002".equals(AddressText.orNull(s.row().peer())))
                .findFirst()
                .orElseThrow();
        @Nullable SocketIdentity other =
                requireNonNull(requireNonNull(stuck.talk()).otherEnd().row()).identity();
        ReportSocket writer = data.sockets().stream()
                .filter(s -> requireNonNull(s.row().identity()).equals(other))
                .findFirst()
                .orElseThrow();
        assertEquals("127.0.0.1:46002", AddressText.orNull(writer.row().socket().local()));
        assertTrue(writer.found());
    }
}
