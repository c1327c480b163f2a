package dev.sockreel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.cli.choosing.Durations;
import dev.sockreel.cli.choosing.SnapshotTime;
import dev.sockreel.filter.Filter;
import dev.sockreel.filter.FilterException;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes arguments of the command line that have a grammar. */
class WordsFuzzTest {
    private static final int[] FAMILIES = {0, 1, 2, 10, 16, 17, 30, 40, 44};
    private static final List<SocketRow> ROWS = rows();
    private static final long START_NS = 1_800_000_000_000_000_000L;

    private static List<SocketRow> rows() {
        List<SocketRow> rows = new ArrayList<>();
        try (InputStream shipped =
                Objects.requireNonNull(Main.class.getResourceAsStream("demo/amd64-6.1-snapshots.reel"))) {
            Path copy = Files.createTempFile("rows-", ".reel");
            Files.copy(shipped, copy, StandardCopyOption.REPLACE_EXISTING);
            try (SnapshotReader reader = SnapshotReader.open(copy)) {
                Snapshot first = Objects.requireNonNull(reader.next());
                new SnapshotSockets(first).forEach(row -> rows.add(row.hold()));
            }
            Files.delete(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    static Stream<byte[]> times() {
        return Stream
                .of("2026-11-22T14:32:00Z", "2026-11-22T14:32:00.123456789+01:00", "14:32", "-5m", "+90s", "500ms",
                        "2d")
                .map(t -> t.getBytes(UTF_8));
    }

    @MethodSource("times")
    @FuzzTest
    void time(byte[] input) {
        String text = new String(input, UTF_8);
        try {
            SnapshotTime.parse(text, START_NS, START_NS + 5_000_000_000L, ZoneOffset.UTC);
        } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
        Duration duration = Durations.parse(text);
        assertTrue(duration == null || !duration.isNegative(), () -> text + " is " + duration);
    }

    static Stream<byte[]> filters() {
        return Stream.of(
                "state close-wait exclude listening", "excl all",
                "( sport = :443 or dst 10.0.0.0/8 ) and not autobound",
                "src unix:/tmp/[a-z]*.sock | src [fe80::/64%eth0]:80",
                "src link:ip:lo src netlink:rtnl:-4100 src vsock:2:80",
                "dev != lo fwmark 0x10/0xf0 cgroup 7",
                "unread>0 netid=u_* comm = x or tcpi_rtt >= 1000 state=connected")
                .map(t -> t.getBytes(UTF_8));
    }

    /** Parses any text: either a filter that accepts any row, or one sentence with a position within the text. */
    @MethodSource("filters")
    @FuzzTest
    void filter(byte[] input) {
        int family = input.length == 0 ? 0 : FAMILIES[Byte.toUnsignedInt(input[0]) % FAMILIES.length];
        String text = new String(input, UTF_8);
        Filter filter;
        try {
            filter = Filter.parse(Arrays.asList(text.split("\u0000", -1)), family);
        } catch (FilterException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
            assertTrue(e.place() >= 0 && e.place() <= e.filter().length(), () -> e.place() + " in " + e.filter());
            return;
        }
        ROWS.forEach(filter::takes);
    }
}
