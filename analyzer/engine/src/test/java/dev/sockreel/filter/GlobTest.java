package dev.sockreel.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sockreel.fixtures.NativePrograms;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests patterns of fnmatch(3). */
class GlobTest {
    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
        "[[.-.]] - true", "[a[.xy.]] a true", "[[.xy.]b] b false", "[![.xy.]] b false", "[!][.] A false",
        "* /run/x true", "/run/* /run/a/b true", "/RUN/x /run/X true", "a?c abc true", "a?c ac false",
        "[a-c]x bx true", "[!a-c]x bx false", "[^a-c]x dx true", "[]x]y ]y true", "[a [a true", "\\* * true",
        "\\* a false", "*.sock .sock true", "[[:digit:]]* 5a true", "[[:digit:]]* a5 false", "a*b*c aXbXbXc true",
        "a*b*c aXbXb false", "[a\\]]x ]x true", "x[] x[] true"
    })
    void matches(String pattern, String text, boolean expected) {
        assertEquals(expected, new Glob(pattern).matches(text));
    }

    /** Time is proportional to pattern × text for any pattern. */
    @Test
    void manyStarsEnd() {
        assertTrue(!new Glob("*a".repeat(500) + "b").matches("a".repeat(5_000)));
    }

    private static final String ALPHABET = "aAbz*?[]!^-\\:/.";

    private static String random(Random random, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most); i > 0; i--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Compares thousands of patterns with the C library. */
    @Test
    void matchesWhatTheCLibraryMatches() throws IOException {
        assumeTrue(NativePrograms.onPath("python3"), "the C library is asked through python3");
        long seed = System.nanoTime();
        System.out.println("random patterns: seed " + seed);
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            lines.add(random(random, 7) + "\t" + random(random, 5));
        }
        Process python = new ProcessBuilder("python3", "-c", """
                import ctypes, sys
                c = ctypes.CDLL(None)
                for line in sys.stdin.buffer:
                    p, t = line.rstrip(b'\\n').split(b'\\t')
                    print(int(c.fnmatch(p, t, 16) == 0))
                """).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var in = python.outputWriter(UTF_8)) {
            in.write(String.join("\n", lines) + "\n");
        }
        List<String> output = new String(python.getInputStream().readAllBytes(), UTF_8).lines().toList();
        assertEquals(lines.size(), output.size());
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] both = lines.get(i).split("\t", -1);
            if (new Glob(both[0]).matches(both[1]) != output.get(i).equals("1")) {
                wrong.add(lines.get(i) + " -> " + output.get(i));
            }
        }
        assertEquals(List.of(), wrong, () -> "seed " + seed);
        assertTrue(output.stream().filter("1"::equals).count() > 100);
    }
}
