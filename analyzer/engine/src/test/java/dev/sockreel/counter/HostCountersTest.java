package dev.sockreel.counter;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sockreel.capture.record.ProcText;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.verdict.WrittenCapture;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HostCountersTest {
    private static final String NETSTAT = """
            TcpExt: SyncookiesSent ListenOverflows ListenDrops TCPRcvQDrop
            TcpExt: 0 %d %d 5
            IpExt: InNoRoutes InOctets
            IpExt: 0 18446744073709551615
            """;
    private static final String SNMP = """
            Tcp: RtoAlgorithm MaxConn CurrEstab RetransSegs
            Tcp: 1 -1 7 20
            Udp: InDatagrams RcvbufErrors
            Udp: 100 3
            """;
    private static final String SNMP6 = "Ip6InReceives                   \t41\nUdp6RcvbufErrors                \t2\n";
    private static final String SOFTNET = """
            %s 00000001 0000000a 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
            00000010 00000000 00000001 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000
            """;

    private static WrittenCapture texts(WrittenCapture capture, String name, String text) {
        return capture.procText(
                "/proc/net/" + name, ProcText.When.AFTER_DUMPS, true, text.getBytes(US_ASCII));
    }

    private static List<Snapshot> two() {
        WrittenCapture capture = WrittenCapture.begin(ByteOrder.LITTLE_ENDIAN).snapshot(0);
        texts(capture, "netstat", NETSTAT.formatted(10, 12));
        texts(capture, "snmp", SNMP);
        texts(capture, "snmp6", SNMP6);
        texts(capture, "softnet_stat", SOFTNET.formatted("fffffff0")).snapshot(1);
        texts(capture, "netstat", NETSTAT.formatted(33, 11));
        texts(capture, "softnet_stat", SOFTNET.formatted("00000010"));
        return capture.read();
    }

    private static HostCounters of(Snapshot snapshot) {
        return requireNonNull(HostCounters.of(snapshot, 0));
    }

    @Test
    void countersAreNamedAsTheKernelNamesThem() {
        HostCounters c = of(two().getFirst());
        assertEquals(OptionalLong.of(10), c.of("TcpExt.ListenOverflows"));
        assertEquals(OptionalLong.of(20), c.of("Tcp.RetransSegs"));
        assertEquals(OptionalLong.of(3), c.of("Udp.RcvbufErrors"));
        assertEquals(OptionalLong.of(2), c.of("Udp6.RcvbufErrors"));
        assertEquals(OptionalLong.of(41), c.of("Ip6.InReceives"));
        assertEquals(OptionalLong.of(11), c.of("softnet.time_squeeze"));
        assertEquals(OptionalLong.empty(), c.of("Tcp.MaxConn"), "no counter: -1");
        assertEquals(OptionalLong.empty(), c.of("IpExt.InOctets"), "beyond 63 bits");
        assertEquals(OptionalLong.empty(), c.of("softnet.other"));
        assertEquals(OptionalLong.empty(), c.of("TcpExt.NoSuch"));
    }

    @Test
    void growthIsOfCountersThatBothHave() {
        List<Snapshot> two = two();
        HostCounters before = of(two.get(0));
        HostCounters after = of(two.get(1));
        assertEquals(OptionalLong.of(23), after.growthSince(before, "TcpExt.ListenOverflows"));
        assertEquals(OptionalLong.of(0), after.growthSince(before, "TcpExt.TCPRcvQDrop"));
        assertEquals(OptionalLong.empty(), after.growthSince(before, "TcpExt.ListenDrops"), "it is smaller now");
        assertEquals(OptionalLong.empty(), after.growthSince(before, "Udp.RcvbufErrors"), "not recorded again");
        assertEquals(OptionalLong.of(0x20), after.growthSince(before, "softnet.processed"), "over 2^32");
        assertEquals(OptionalLong.of(0), after.growthSince(before, "softnet.dropped"));
        assertEquals(OptionalLong.empty(), after.growthSince(before, "softnet.other"));
    }

    @Test
    void nothingRecordedIsNull() {
        assertNull(HostCounters.of(WrittenCapture.begin(ByteOrder.LITTLE_ENDIAN).snapshot(0).read().getFirst(), 0));
        assertNull(HostCounters.of(two().getFirst(), 1), "another namespace");
    }

    /** A text whose end is missing, or that is none, has no counters. */
    @Test
    void whatDoesNotFitIsLeftOut() {
        WrittenCapture capture = WrittenCapture.begin(ByteOrder.LITTLE_ENDIAN).snapshot(0);
        capture.procText("/proc/net/snmp", ProcText.When.AFTER_DUMPS, false, SNMP.getBytes(US_ASCII));
        texts(capture, "netstat", """
                TcpExt: A B
                IpExt: 1 2
                TcpExt: 3 4
                TcpExt: 5 6
                Tcp: A B\u0000 C D
                Tcp: 1 2 x
                no group
                """);
        texts(capture, "softnet_stat", "00000001 0000002\n0000000g 00000000 00000000\n\n");
        HostCounters c = of(capture.read().getFirst());
        assertEquals(OptionalLong.empty(), c.of("Udp.RcvbufErrors"));
        assertEquals(OptionalLong.of(1), c.of("Tcp.A"));
        assertEquals(OptionalLong.empty(), c.of("Tcp.C"));
        assertEquals(OptionalLong.empty(), c.of("TcpExt.A"));
        assertEquals(OptionalLong.empty(), c.of("softnet.processed"));
    }
}
