package dev.sockreel.verdict;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.ReelFile;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.reading.SnapshotReader;
import dev.sockreel.snapshot.Snapshot;
import dev.sockreel.snapshot.SnapshotSockets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Reads captures with n, 2 n and 4 n of something and compares how many more bytes each allocates than the one before:
 * twice as many where the work is linear, four times where each is compared with all others.
 */
class LinearReadingTest {
    /** Doubling what is linear doubles what is allocated. */
    private static final double MAX_RATIO = 2.5;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final int DATAGRAM = 6;
    private static final NlmsgBuilder UNIX = DiagRequest.unix(ORDER, 0xffffffffL, 0, 0x77, 0).seq(0);
    private static final NlmsgBuilder ICONS = DiagRequest.unix(ORDER, 1 << 10, 0, 0x7f, 0).seq(0);

    private interface Maker {
        Path make(int n) throws IOException;
    }

    private static void assertLinear(int n, Maker maker) throws IOException {
        Path one = maker.make(n);
        Path two = maker.make(2 * n);
        Path four = maker.make(4 * n);
        read(one); // classes are loaded and constants made
        long base = read(one);
        long twice = read(two);
        double ratio = (double) (read(four) - twice) / (twice - base);
        assertTrue(ratio < MAX_RATIO, "twice as many of " + n + " allocate " + ratio + " times as much");
    }

    /** Reads all sockets and returns the bytes allocated. */
    private static long read(Path file) throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try (SnapshotReader reader = SnapshotReader.open(file)) {
            Snapshot s;
            while ((s = reader.next()) != null) {
                new SnapshotSockets(s).count(row -> true);
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

    private static List<byte[]> listener(int i) {
        return new DumpBuilder()
                .add(UnixDiagMsgBuilder.in(ORDER).cookie(1 + i).inode(1 + i).state(10).rqlen(1, 5))
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
                    spoil = content[at + 4] == DATAGRAM && !spoil;
                    content[at + 8] ^= (byte) (spoil ? 1 : 0);
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
        assertLinear(60, n -> {
            WrittenCapture written = begin();
            for (int i = 0; i < n; i++) {
                written.dump("tcp4", tcpRequest(i), tcp(i));
            }
            return written.finish();
        });
    }

    @Test
    void dumpsOfUnixListenersWithAndWithoutClients() throws IOException {
        assertLinear(30, n -> {
            WrittenCapture written = begin();
            for (int i = 0; i < n; i++) {
                written.dump("unix", UNIX, listener(i)).dump("unix-icons", ICONS, listener(i));
            }
            return written.finish();
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
