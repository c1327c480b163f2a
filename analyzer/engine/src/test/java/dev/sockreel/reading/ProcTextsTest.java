package dev.sockreel.reading;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.procnet.ProcContent;
import dev.sockreel.snapshot.ProcFile;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcTextsTest {
    private final ProcTexts texts = new ProcTexts();

    private static ProcText part(int netns, String path, int part, boolean last, String text) {
        return new ProcText(0, netns, path, ProcText.When.AFTER_DUMPS, 0, part, last, ReceiveTime.NONE,
                Unpooled.wrappedBuffer(("..." + text).getBytes(US_ASCII)).skipBytes(3));
    }

    private ProcFile whole(int netns, String path, String text) {
        return texts.join(List.of(part(netns, path, 0, true, text)));
    }

    @Test
    void equalBytesOfOnePlaceAreOneContent() {
        ProcContent first = whole(0, "/proc/net/snmp", "one").content();
        assertSame(first, whole(0, "/proc/net/snmp", "one").content());
        assertNotSame(first, whole(0, "/proc/net/netstat", "one").content(), "another path");
        assertNotSame(first, whole(1, "/proc/net/snmp", "one").content(), "another namespace");
        assertArrayEquals("two".getBytes(US_ASCII), whole(0, "/proc/net/snmp", "two").text());
        assertArrayEquals("on".getBytes(US_ASCII), whole(0, "/proc/net/snmp", "on").text());
        assertArrayEquals(new byte[0], whole(0, "/proc/net/snmp", "").text());
        assertArrayEquals("one".getBytes(US_ASCII), first.bytes(), "it has not changed");
    }

    @Test
    void partsAreJoined() {
        ProcFile file = texts.join(List.of(part(0, "/proc/net/tcp", 0, false, "ab"), part(0, "/proc/net/tcp", 1, true,
                "cd")));
        assertArrayEquals("abcd".getBytes(US_ASCII), file.text());
        assertEquals(true, file.whole());
        assertFalse(texts.join(List.of(part(0, "/proc/net/tcp", 0, false, "ab"))).whole());
        assertFalse(texts.join(List.of(part(0, "/proc/net/tcp", 1, true, "ab"))).whole());
    }

    @Test
    void aTextIsReadOnce() {
        int[] times = new int[1];
        ProcContent.Reading<Integer> length = bytes -> {
            times[0]++;
            return bytes.length;
        };
        for (int i = 0; i < 3; i++) {
            assertEquals(3, whole(0, "/proc/net/snmp", "one").content().read(length));
        }
        assertEquals(1, times[0]);
        assertEquals(4, whole(0, "/proc/net/snmp", "four").content().read(length));
        assertEquals(2, times[0]);
    }
}
