package dev.sockreel.recorder.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sockreel.capture.record.Threads;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadTextTest {
    private static final String STAT = "4242 (a) R (b)) S 1 4242 4242 0 -1 4194304 2941 6546 0 0 5 1 3 3 20 0 3 0"
            + " 1237721 168345600 3480 18446744073709551615 1 1\n";
    private static final String SEND =
            "44 0x7 0x7fd6182c7000 0x20000 0x4000 0x0 0x0 0x7ffc71e0f3f8 0x7fd6184422ad\n";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static ThreadText.Call call(String text) {
        return ThreadText.call(bytes(text), text.length());
    }

    @Test
    void aStatWithABracketedName() {
        assertEquals('S', ThreadText.state(bytes(STAT), STAT.length()));
        assertEquals(1237721, ThreadText.startedTicks(bytes(STAT), STAT.length()));
    }

    @Test
    void everyCutOfAStatIsRightOrUnknown() {
        byte[] stat = bytes(STAT);
        int stateKnown = STAT.indexOf(" S ") + 3;
        int startKnown = STAT.indexOf("1237721 ") + 8;
        for (int length = 0; length <= stat.length; length++) {
            byte[] cut = Arrays.copyOf(stat, length);
            int state = ThreadText.state(cut, length);
            // A cut within the name can end in its ")", and then "R" stands where the state should.
            boolean inName = length < stateKnown;
            assertEquals(inName ? length > STAT.indexOf(" R ") + 2 && length < STAT.indexOf(")) ") + 1 ? 'R' : 0 : 'S',
                    state, "cut at " + length);
            assertEquals(length < startKnown ? -1 : 1237721, ThreadText.startedTicks(cut, length), "cut at " + length);
        }
    }

    @Test
    void everyCutOfACallIsRightOrUnknown() {
        byte[] text = bytes(SEND);
        int numberKnown = "44 0x".length();
        int argumentKnown = "44 0x7 ".length();
        for (int length = 0; length <= text.length; length++) {
            ThreadText.Call expected = length < numberKnown ? ThreadText.Call.UNREADABLE
                    : new ThreadText.Call(44, length < argumentKnown ? Threads.NO_ARGUMENT : 7);
            assertEquals(expected, ThreadText.call(Arrays.copyOf(text, length), length), "cut at " + length);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0 0x0 0x0 | 0 | 0",
        "0 0xfffff 0x0 | 0 | 1048575",
        "0 0x100000 0x0 | 0 | -1",
        "202 0x7f30d9d162ec 0x0 | 202 | -1",
        "1 0xffffffffffffffff 0x0 | 1 | -1",
        "1 0xffffffffffffffff7 0x0 | 1 | -1",
        "1 0x8000000000000000 0x0 | 1 | -1",
        "1073741868 0x9 0x0 | 1073741868 | 9",
        "2147483648 0x9 0x0 | -3 | -1",
        "99999999999 0x9 0x0 | -3 | -1",
        "44 7 8 | -3 | -1",
        "44 0x 8 | 44 | -1",
        "44 0xg 8 | 44 | -1",
        "-1 0x7ffc71e0f3f8 0x7fd6184422ad | -1 | -1",
        "-2 0x1 0x1 | -3 | -1",
        "running | -3 | -1",
        "x | -3 | -1"
    })
    void calls(String text, int number, int argument) {
        assertEquals(new ThreadText.Call(number, argument), call(text));
    }

    @Test
    void aThreadThatRuns() {
        assertEquals(new ThreadText.Call(Threads.RUNNING, Threads.NO_ARGUMENT), call("running\n"));
        assertEquals(ThreadText.Call.UNREADABLE, call("runnable"));
        assertEquals(ThreadText.Call.UNREADABLE, call(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait_woken", "sk_wait_data.isra.0", "__x64_sys_futex", "0x", "1"})
    void functionsOfTheKernel(String name) {
        assertEquals(name.length(), ThreadText.wchanLength(bytes(name), name.length()));
    }

    /** Zero is none, and nothing but a name is stored: an old kernel could print an address in another form. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "", "a b", "f+0x10/0x20", "\u00e9t\u00e9", "a\n"})
    void noFunctions(String name) {
        assertEquals(0, ThreadText.wchanLength(bytes(name), name.length()));
    }

    @Test
    void aTextIsReadNoFurtherThanItsLength() {
        byte[] text = bytes("44 0x7 0x0");
        assertEquals(new ThreadText.Call(44, Threads.NO_ARGUMENT), ThreadText.call(text, 6));
        assertEquals(0, ThreadText.state(bytes("1 (a) S 1"), 7));
    }
}
