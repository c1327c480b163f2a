package dev.sockreel.cli.peers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.cli.printing.Stdout;
import dev.sockreel.peers.Party;
import dev.sockreel.peers.Peers;
import dev.sockreel.peers.ProcessPair;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tests the table of pairs: what is not known, several namespaces, and too many lines. */
class PairsTextTest {
    private static final Party WEB = new Party(Party.Kind.PROCESS, 7, "web");

    private static List<String> lines(List<ProcessPair> pairs) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PairsText(new Stdout(out)).print(0, pairs);
        return out.toString(UTF_8).lines().toList();
    }

    private static ProcessPair pair(long netns, Party.Kind client, @Nullable String address, int notAccepted) {
        return new ProcessPair(netns, null, "tcp", new Party(client, 0, null), address, WEB, "10.0.0.1:80", 3,
                notAccepted, null, 5L);
    }

    private static String cells(String line) {
        return line.replaceAll(" {2,}", "|");
    }

    @Test
    void whatIsNotKnownIsSaid() throws IOException {
        List<String> lines = lines(List.of(pair(1, Party.Kind.UNKNOWN, null, 0),
                pair(1, Party.Kind.NOBODY, null, 0), pair(1, Party.Kind.NOT_LISTED, "10.9.9.9", 0)));
        assertEquals(List.of("NETID|CLIENT|SERVER|AT|CONNS|TO SRV|TO CLT", "tcp|?|web/7|10.0.0.1:80|3|?|5",
                "tcp|nobody|web/7|10.0.0.1:80|3|?|5", "tcp|10.9.9.9|web/7|10.0.0.1:80|3|?|5"),
                lines.stream().map(PairsTextTest::cells).toList());
    }

    @Test
    void columnsThatSayNothingAreLeftOut() throws IOException {
        List<String> lines = lines(List.of(pair(1, Party.Kind.NOBODY, null, 2), pair(2, Party.Kind.NOBODY, null, 0)));
        assertEquals(List.of("NETNS|NETID|CLIENT|SERVER|AT|CONNS|TO SRV|TO CLT|QUEUED",
                "host|tcp|nobody|web/7|10.0.0.1:80|3|?|5|2", "host|tcp|nobody|web/7|10.0.0.1:80|3|?|5|0"),
                lines.stream().map(PairsTextTest::cells).toList());
    }

    @Test
    void tooManyAreCounted() throws IOException {
        List<String> lines = lines(IntStream.range(0, Peers.MAX_ROWS + 5)
                .mapToObj(i -> pair(1, Party.Kind.NOT_LISTED, "10.0.0." + i, 0)).toList());
        assertEquals(1 + Peers.MAX_ROWS + 1, lines.size());
        assertTrue(lines.getLast().startsWith("and 5 more pairs "), lines.getLast());
        assertEquals(List.of("no connections"), lines(List.of()));
    }
}
