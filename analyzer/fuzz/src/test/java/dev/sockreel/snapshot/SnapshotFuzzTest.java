package dev.sockreel.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.capture.PlainFile;
import dev.sockreel.capture.SeedCapture;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.DumpBegin;
import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.capture.record.DumpBegin.Origin;
import dev.sockreel.capture.record.Owners;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.fuzz.CaptureCheck;
import dev.sockreel.fuzz.OneLine;
import dev.sockreel.fuzz.Parts;
import dev.sockreel.fuzz.Scratch;
import dev.sockreel.fuzz.Seeds;
import dev.sockreel.process.HostRecords;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes the way from a capture with valid checksums to snapshots, verdicts, owners and rows. */
class SnapshotFuzzTest {
    private static final List<String> FAMILIES = List.of(
            "tcp4", "tcp6", "udp4", "raw4", "sctp4", "mptcp4", "unix", "unix-icons", "netlink", "packet", "vsock",
            "xdp",
            "tipc", "smc", "tcp", "nonsense");

    static Stream<byte[]> captures() {
        byte[] plain = SeedCapture.plain();
        return Stream.of(plain, Arrays.copyOf(plain, plain.length - 300));
    }

    @MethodSource("captures")
    @FuzzTest
    void capture(byte[] input) throws IOException {
        CaptureCheck.read(Scratch.file("rows.reel", PlainFile.seal(input)), s -> {});
    }

    static Stream<byte[]> dumps() {
        return Stream.of(
                datagrams(0, 1, Seeds.request("tcp4"), Seeds.dump("tcp4", 1), Seeds.dump("tcp4", 2)),
                datagrams(6, 0, Seeds.request("unix"), Seeds.dump("unix", 3)),
                datagrams(8, 2, Seeds.request("netlink"), Seeds.dump("netlink", 2)),
                datagrams(4, 0, new byte[0], Seeds.dump("sctp4", 2)),
                datagrams(10, 6, Seeds.request("vsock"), Seeds.dump("vsock", 3)));
    }

    private static byte[] datagrams(int family, int steering, byte[] request, byte[]... datagrams) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(Parts.steered(request, family, steering));
        for (byte[] d : datagrams) {
            parts.add(Parts.steered(d, 0));
        }
        return Parts.join(parts.toArray(byte[][]::new));
    }

    /**
     * Reads one dump of any datagrams. The first part steers and holds the request. Each other part is a byte and then
     * a datagram; the byte says: bit 0 MSG_TRUNC, bit 1 larger true length, bit 2 other sender, bit 3 predecessor lost.
     */
    @MethodSource("dumps")
    @FuzzTest
    void datagrams(byte[] input) throws IOException {
        List<byte[]> parts = Parts.of(input);
        byte[] head = parts.getFirst();
        if (head.length < 2) {
            return;
        }
        ByteOrder order = (head[1] & 4) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        int knows = (head[1] & 1) == 0 ? DumpBegin.KNOWS_ALL : 0;
        String family = FAMILIES.get((head[0] & 0xff) % FAMILIES.size());
        DumpBegin begin = new DumpBegin(0, 0, 0, family, DumpBegin.VERBATIM, Origin.LIVE, knows, 32768,
                SeedCapture.time(1), Arrays.copyOfRange(head, 2, head.length));
        List<Datagram> datagrams = new ArrayList<>();
        int number = 0;
        for (byte[] part : parts.subList(1, parts.size())) {
            int how = part.length == 0 ? 0 : part[0];
            byte[] data = part.length == 0 ? part : Arrays.copyOfRange(part, 1, part.length);
            number += (how & 8) == 0 ? 0 : 1;
            datagrams.add(new Datagram(0, number++, 0, (how & 1) == 0 ? 0 : Datagram.MSG_TRUNC,
                    data.length + ((how & 2) == 0 ? 0 : 100), (how & 4) == 0 ? 0 : 7, SeedCapture.time(1),
                    Unpooled.wrappedBuffer(data)));
        }
        DumpEnd.Outcome outcome = DumpEnd.Outcome.values()[(head[1] >> 3 & 0xf) % DumpEnd.Outcome.values().length];
        DumpEnd end = new DumpEnd(0, outcome, 0, number, "", SeedCapture.time(2));
        byte[] file = PlainFile.seal(SeedCapture.plain(order, begin, datagrams, end));
        int snapshots = CaptureCheck.read(Scratch.file("dump.reel", file), s -> assertEquals(1, s.dumps().size()));
        assertEquals(1, snapshots);
    }

    static Stream<byte[]> processes() {
        return Stream.of("comm|1 (comm) S 0", "a) T (b|7 (a) T (b) R 1 7", "|", "\u0007\n|(x) é")
                .map(t -> t.split("\\|", -1))
                .map(t -> Parts.join(t[0].getBytes(UTF_8), t[1].getBytes(UTF_8)));
    }

    /** Reads comm and /proc/PID/stat, which holds comm, too. */
    @MethodSource("processes")
    @FuzzTest
    void owners(byte[] input) {
        List<byte[]> parts = Parts.of(input);
        byte[] stat = parts.size() > 1 ? parts.get(1) : new byte[0];
        Owners.Holder holder =
                new Owners.Holder(7, parts.getFirst(), stat, parts.getLast(), new int[] {3, 4}, new long[] {99, 99});
        OwnerTable table = OwnerTable.after(OwnerTable.NONE, List.of(new Owners(
                0, true, 0, true, ReceiveTime.NONE, ReceiveTime.NONE, 1, 0, 0, List.of(holder))),
                HostRecords.NONE, new HostEvidence(Map.of()));
        List<Owner> owners = Objects.requireNonNull(table.of(99, 0));
        assertEquals(2, owners.size());
        assertEquals(List.of(), table.of(98, 0), "a whole scan that did not see it");
        for (Owner owner : owners) {
            OneLine.check(owner.comm());
            OneLine.check(owner.process().facts().cgroup().path());
            OneLine.check(owner.process().facts().cgroup().unit());
            assertEquals(letter(new String(stat, ISO_8859_1)), owner.state());
        }
    }

    /** Returns the state, which follows the last parenthesis and a space. */
    private static @Nullable String letter(String stat) {
        String[] pieces = stat.split("\\)", -1);
        String rest = pieces[pieces.length - 1];
        boolean is = pieces.length > 1 && rest.length() > 1 && Character.isLetter(rest.charAt(1));
        return is ? rest.substring(1, 2) : null;
    }
}
