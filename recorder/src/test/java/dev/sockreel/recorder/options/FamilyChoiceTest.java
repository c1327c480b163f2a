package dev.sockreel.recorder.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The counts in /proc/net/protocols, against a pattern. */
class FamilyChoiceTest {
    private static final String PROTOCOLS = """
            protocol  size sockets  memory press maxhdr  slab module     cl co di ac io in de sh ss gs se re bi br ha uh gp em
            XDP        960      0      -1   NI       0   no   kernel      n  n  n  n
            UDPv6     1408     13       2   NI       0   yes  kernel      y  y  y  n
            UDP       1216      5       2   NI       0   yes  kernel      y  y  y  n
            PACKET    1536      1      -1   NI       0   no   kernel      n  n  n  n
            """;

    private static long sockets(String text, String... rows) {
        return FamilyChoice.sockets(text.getBytes(StandardCharsets.US_ASCII), List.of(rows));
    }

    @Test
    void aRowCountsByItsWholeName() {
        assertEquals(5, sockets(PROTOCOLS, "UDP"));
        assertEquals(18, sockets(PROTOCOLS, "UDP", "UDPv6"));
        assertEquals(0, sockets(PROTOCOLS, "XDP", "UDPLITE", "sockets"));
        assertEquals(1, sockets(PROTOCOLS.strip(), "PACKET"));
    }

    @Test
    void anyTextIsReadAsThePatternReadsIt() {
        long seed = new Random().nextLong();
        System.out.println("FamilyChoiceTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                text.append("AB 1\n\t".charAt(random.nextInt(6)));
            }
            assertEquals(byPattern(text.toString()), sockets(text.toString(), "A"), () -> "in \"" + text + '"');
        }
    }

    /** The first line that begins with the name counts. */
    private static long byPattern(String text) {
        Matcher row = Pattern.compile("(?m)^[ \\t]*A(?:[ \\t]+(\\S*)(?:[ \\t]+(\\S+))?)?[ \\t]*(?=[ \\t\\n]|$)")
                .matcher(text);
        if (!row.find() || row.group(2) == null) {
            return 0;
        }
        return row.group(2).matches("1{1,18}") ? Long.parseLong(row.group(2)) : 0;
    }
}
