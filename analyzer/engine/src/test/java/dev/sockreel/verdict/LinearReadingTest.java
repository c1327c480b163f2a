package dev.sockreel.verdict;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sockreel.capture.record.HostNamespaces;
import dev.sockreel.capture.record.NetworkNamespace;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ProcText;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.ReelFile;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Reads captures with n and 2 n of something and compares the bytes that this allocates: they double where the work is
 * linear, and grow four times where each is compared with all others.
 */
class LinearReadingTest {
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final double MAX_RATIO = 2.5;
    private static final NlmsgBuilder UNIX = DiagRequest.unix(ORDER, 0xffffffffL, 0, 0x77, 0).seq(0);
    private static final NlmsgBuilder ICONS = DiagRequest.unix(ORDER, 1 << 10, 0, 0x7f, 0).seq(0);

    private interface Maker {
        Path make(int n) throws IOException;
    }

    private static void assertLinear(int n, Maker maker) throws IOException {
        Path one = maker.make(n);
        Path two = maker.make(2 * n);
        read(one); // classes are loaded and constants made
        double ratio = (double) read(two) / read(one);
        assertTrue(ratio <= MAX_RATIO, () -> "twice as many allocate " + ratio + " times as much");
    }

    /** Reads all sockets and returns the bytes allocated. */
    private static long read(Path file) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                new SnapshotSockets(s).forEach(row -> {
                    row.netnsName();
                    row.interfaceName();
                });
            }
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static WrittenCapture begin() {
        return WrittenCapture.begin(ORDER).snapshot(0);
    }

    private static List<byte[]> tcp(int i) {
        return new DumpBuilder()
                .add(InetDiagMsgBuilder.in(ORDER).cookie(1 + i).inode(1 + i).ifindex(i)
                        .local("127.0.0.1", 80).remote("127.0.0.1", 1 + i))
                .add(NlmsgBuilder.done(ORDER, 0)).datagrams(32768);
    }

    private static List<byte[]> listener(int i, int pending) {
        return new DumpBuilder()
                .add(UnixDiagMsgBuilder.in(ORDER).cookie(1 + i).inode(1 + i).state(10).rqlen(pending, 1))
                .add(NlmsgBuilder.done(ORDER, 0)).datagrams(32768);
    }

    private static NlmsgBuilder tcpRequest(int ext) {
        return DiagRequest.inet(ORDER, 2, 6, ext, 0xffffffffL).seq(0);
    }

    @Test
    void damagedRecords() throws IOException {
        assertLinear(2000, n -> {
            WrittenCapture written = begin();
            written.dump("unix", UNIX, Collections.nCopies(n, new byte[0]));
            Path file = written.finish();
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (ReelFile.Group group : ReelFile.parse(Files.readAllBytes(file)).groups()) {
                byte[] content = group.content();
                boolean spoil = false;
                for (int at = 0; at < content.length; at += 12 + length(content, at)) {
                    content[at + 8] ^= (byte) (spoil && group.number() > 0 ? 1 : 0);
                    spoil = !spoil;
                }
                all.write(group.toBytes(content));
            }
            Files.write(file, all.toByteArray());
            return file;
        });
    }

    private static int length(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ORDER).getInt(at);
    }

    @Test
    void dumpsOfLoopbackConnections() throws IOException {
        assertLinear(100, n -> {
            WrittenCapture written = begin();
            for (int i = 0; i < n; i++) {
                written.dump("tcp4", tcpRequest(i), tcp(i));
            }
            return written.finish();
        });
    }

    @Test
    void dumpsOfUnixListenersWithAndWithoutClients() throws IOException {
        assertLinear(60, n -> {
            WrittenCapture written = begin();
            for (int i = 0; i < n; i++) {
                written.dump("unix", UNIX, listener(i, 1000)).dump("unix-icons", ICONS, listener(i, 1000));
            }
            return written.finish();
        });
    }

    @Test
    void namespacesWithCounts() throws IOException {
        assertLinear(200, n -> {
            WrittenCapture written = begin();
            byte[] text = "TCP 2304 1 51 no 192 yes kernel y\n".getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < n; i++) {
                written.write(new NetworkNamespace(i, 0, 0, "", List.of()));
                written.write(new ProcText(0, i, "/proc/net/protocols", ProcText.When.AFTER_DUMPS, 0, 0, true,
                        ReceiveTime.NONE, Unpooled.wrappedBuffer(text)));
                written.dumpIn(i, "tcp4", tcpRequest(0), tcp(i));
            }
            return written.finish();
        });
    }

    @Test
    void namespacesOfTheHost() throws IOException {
        assertLinear(500, n -> {
            WrittenCapture written = begin();
            List<HostNamespaces.Namespace> all = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                all.add(new HostNamespaces.Namespace(1 + i, 1, "ns" + i, 1, ""));
                written.write(new NetworkNamespace(i, 1 + i, 0, "", List.of()));
                written.dumpIn(i, "tcp4", tcpRequest(0), tcp(i));
            }
            return written.write(new HostNamespaces(0, ReceiveTime.NONE, 0, all)).finish();
        });
    }

    @Test
    void snapshotsAfterAScanOfManyOwners() throws IOException {
        assertLinear(300, n -> {
            WrittenCapture written = begin();
            Owners.Holder[] holders = new Owners.Holder[n];
            for (int i = 0; i < n; i++) {
                holders[i] = WrittenCapture.process(1 + i, "x", 'S', 1 + i);
            }
            written.owners(0, holders);
            for (int i = 1; i < n; i++) {
                written.snapshot(i);
            }
            return written.finish();
        });
    }
}
