package dev.sockreel.recorder.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.capture.record.Threads;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes what the recorder reads of a process, whose name and command line are whatever its owner chose. */
class ProcessTextFuzzTest {
    static Stream<byte[]> stats() {
        return Stream.of(
                bytes("4242 (a) R (b)) S 1 4242 4242 0 -1 4194304 2941 6546 0 0 5 1 3 3 20 0 3 0 1237721 168 34\n"),
                bytes("1 () D 0 0"));
    }

    static Stream<byte[]> calls() {
        return Stream.of(
                bytes("44 0x7 0x7fd6182c7000 0x20000 0x4000 0x0 0x0 0x7ffc71e0f3f8 0x7fd6184422ad\n"),
                bytes("-1 0x7ffc71e0f3f8 0x7fd6184422ad\n"), bytes("running\n"), bytes("wait_woken"), bytes("0"));
    }

    static Stream<byte[]> cmdlines() {
        return Stream.of(
                bytes("app\0--password=hunter2\0-u\0a:b\0postgres://u:pw@h/db?token=x&y=1\0"),
                bytes("sh\0-c\0mysql -psecret \"a b\" | curl -H 'Authorization: Bearer abcdefgh' -d '{\"key\": \"v\"}'\0"),
                bytes("env\0AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzEXAMPLE9X\0--id\0"
                        + "0123456789abcdef0123456789abcdef\0"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Bytes after the length have no effect. */
    @MethodSource("stats")
    @FuzzTest
    void stat(byte[] stat) {
        int state = ThreadText.state(stat, stat.length);
        assertTrue(state == 0 || Character.isLetter(state), () -> "state " + state);
        long started = ThreadText.startedTicks(stat, stat.length);
        assertTrue(started >= -1, () -> "started " + started);
        byte[] longer = Arrays.copyOf(stat, stat.length + 10);
        Arrays.fill(longer, stat.length, longer.length, (byte) ')');
        assertEquals(state, ThreadText.state(longer, stat.length));
        assertEquals(started, ThreadText.startedTicks(longer, stat.length));
    }

    @MethodSource("calls")
    @FuzzTest
    void call(byte[] text) {
        ThreadText.Call call = ThreadText.call(text, text.length);
        assertTrue(call.number() >= Threads.UNREADABLE, call::toString);
        assertTrue(call.argument() >= Threads.NO_ARGUMENT && call.argument() < ThreadText.MAX_ARGUMENT, call::toString);
        assertTrue(call.number() >= 0 || call.argument() == Threads.NO_ARGUMENT, call::toString);
        int name = ThreadText.wchanLength(text, text.length);
        assertTrue(name == 0 || name == text.length);
        assertFalse(new String(text, 0, name, StandardCharsets.ISO_8859_1).contains("+0x"));
    }

    /** The words stay words: masking moves no border between them. */
    @MethodSource("cmdlines")
    @FuzzTest
    void cmdline(byte[] cmdline) {
        if (cmdline.length > ProcessFacts.MAX_READ_BYTES) {
            return;
        }
        byte[] masked = SecretWords.mask(cmdline);
        assertEquals(words(cmdline), words(masked));
    }

    private static long words(byte[] cmdline) {
        return new String(cmdline, StandardCharsets.ISO_8859_1).chars().filter(c -> c == 0).count();
    }
}
