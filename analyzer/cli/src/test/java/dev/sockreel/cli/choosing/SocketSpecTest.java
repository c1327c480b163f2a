package dev.sockreel.cli.choosing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.address.AddressText;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.address.UnixAddress;
import dev.sockreel.cli.Captures;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import dev.sockreel.snapshot.SocketRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests socket specs on the first of five real snapshots. */
class SocketSpecTest {
    private static final List<SocketRow> ROWS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        try (SnapshotReader reader = SnapshotReader.open(Captures.WHOLE)) {
            Snapshot first = reader.next();
            if (first != null) {
                new SnapshotSockets(first).forEach(row -> ROWS.add(row.hold()));
            }
        }
    }

    private static Set<Long> cookies(String... text) {
        SocketSpec spec = SocketSpec.parse(List.of(text));
        Set<Long> cookies = new TreeSet<>();
        for (SocketRow row : ROWS) {
            if (spec.takes().test(row)) {
                cookies.add(row.socket().cookie());
            }
        }
        return cookies;
    }

    /** The expected cookies are the maker's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "44 | 44", "cookie:44 | 44", "sk:2c | 44", "ino:10363 | 93", "127.0.0.1:22001 127.0.0.1:46002 | 44",
        "127.0.0.1:46002 127.0.0.1:22001 | 43", "127.0.0.1:22001,127.0.0.1:46002 | 44",
        "127.0.0.1:22001-127.0.0.1:46002 | 44", "127.0.0.1:22001->127.0.0.1:46002 | 44",
        "127.0.0.1:22001 <- 127.0.0.1:46002 | 44", "127.0.0.1:22001<-127.0.0.1:46002 | 44",
        "local 127.0.0.1:22001 peer :46002 | 44", "src :46002 | 43", "state listening local :22001 | 40",
        "state listening src 127.0.0.1:22001 | 40", "local :22001 exclude established | 40",
        "path:/tmp/holdout-log.sock | 104", "/tmp/holdout-log.sock | 104", "127.0.0.1:20062 127.0.0.1:42010 | 70",
        "/tmp/holdout with space.sock | 101", "@holdout new\\x0aline | 100"
    })
    void namesOne(String text, long cookie) {
        assertEquals(Set.of(cookie), cookies(text));
        assertEquals(Set.of(cookie), cookies(text.startsWith("/") || text.startsWith("@")
                ? new String[] {text} : text.split(" ")), "as words of their own");
    }

    /** A name can be typed verbatim, with its newline. */
    @Test
    void namesMayBeTypedRaw() {
        assertEquals(Set.of(100L), cookies("@holdout new\nline"));
    }

    /** The listener and its accepted sockets have the same name and file; the listener is meant. */
    @Test
    void aNameMeansWhatIsBound() {
        assertEquals(Set.of(93L, 94L), cookies("path:/tmp/holdout.sock"));
        assertTrue(SocketSpec.parse(List.of("path:/tmp/holdout.sock")).binding());
        long file = ROWS.stream().filter(r -> r.socket().cookie() == 93).findFirst().orElseThrow().socket().fileInode();
        assertEquals(Set.of(93L, 94L), cookies("file-ino:" + file));
        assertTrue(SocketSpec.parse(List.of("file-ino:" + file)).binding());
        assertTrue(!SocketSpec.parse(List.of("ino:10363")).binding());
    }

    @Test
    void mayNameNoneOrSeveral() {
        assertEquals(Set.of(), cookies("123456789"));
        assertEquals(Set.of(), cookies("ino:18446744073709551615"));
        assertEquals(Set.of(40L, 42L, 44L, 46L, 48L, 126L), cookies("127.0.0.1:22001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "frob", "frob x", "ino:x", "ino:", "ino:-1", "ino:0", "0", "99999999999999999999999", "sk:xyz",
        "local",
        "peer", "local localhost:80", "state", "state nothing", "state established local", "cookie:", "<-"
    })
    void isNoSocket(String text) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> SocketSpec.parse(List.of(text)));
        assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
    }

    /** A unix name as printed, given as SOCKET, selects exactly the sockets with that name. */
    @Test
    void printedNamesNameTheSocketsThatHaveThem() {
        int named = 0;
        for (SocketRow row : ROWS) {
            SocketAddress own = row.socket().local();
            if (own instanceof UnixAddress) {
                SocketSpec spec = SocketSpec.parse(List.of("path:" + AddressText.of(own)));
                List<SocketRow> taken = ROWS.stream().filter(spec.takes()).toList();
                assertEquals(ROWS.stream().filter(r -> own.equals(r.socket().local())).toList(), taken, own::toString);
                named++;
            }
        }
        assertTrue(named > 3, named + " unix sockets with a name");
    }
}
