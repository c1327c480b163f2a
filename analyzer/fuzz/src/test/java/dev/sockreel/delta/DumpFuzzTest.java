package dev.sockreel.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.fuzz.Parts;
import dev.sockreel.fuzz.Seeds;
import dev.sockreel.series.Cookies;
import dev.sockreel.series.SeriesState;
import dev.sockreel.series.SeriesView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Fuzzes predicted dumps: columns of any bytes, and datagrams of any bytes, which must come back. */
class DumpFuzzTest {
    private static final long LIMIT = 8 << 20;
    private static final int DATAGRAMS_A_DUMP = 3;
    /** The dump before, of inputs whose first byte is even and odd. */
    private static final byte[] TCP = Seeds.dump("tcp4", 4);
    private static final byte[] UNIX = Seeds.dump("unix", 4);

    static Stream<byte[]> columns() {
        return Stream.of("tcp4", "unix").flatMap(family -> Stream.of(1, 3, 5).map(sockets -> {
            byte[] changed = Seeds.dump(family, sockets);
            changed[changed.length / 2] ^= 1;
            return Parts.steered(encoded(family, List.of(datagram(0, changed))), family.equals("tcp4") ? 0 : 1);
        }));
    }

    private static byte[] encoded(String family, List<Datagram> dump) {
        try {
            SeriesState state = state(family, Long.MAX_VALUE);
            DumpEncoder encoder = new DumpEncoder(state);
            ColumnWriter out = new ColumnWriter();
            encoder.begin(out);
            for (Datagram datagram : dump) {
                encoder.datagram(datagram);
            }
            encoder.end();
            ByteBuf bytes = Unpooled.buffer();
            out.writeTo(bytes);
            return ByteBufUtil.getBytes(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a state that has a dump of a few sockets. */
    private static SeriesState state(String family, long limit) throws IOException {
        SeriesState state = new SeriesState(Cookies.offset(family), ByteOrder.LITTLE_ENDIAN, limit);
        state.match(List.of(datagram(0, family.equals("unix") ? UNIX : TCP)));
        return state;
    }

    private static Datagram datagram(int number, byte[] bytes) {
        return new Datagram(1, number, 0, 0, bytes.length, 0, ReceiveTime.NONE, Unpooled.wrappedBuffer(bytes));
    }

    /** Applies the same columns twice; the first byte chooses the family. */
    @MethodSource("columns")
    @FuzzTest
    void apply(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        SeriesState state = state((input[0] & 1) == 0 ? "tcp4" : "unix", LIMIT);
        DumpDecoder decoder = new DumpDecoder(state);
        try {
            for (int i = 0; i < 2; i++) {
                decoder.apply(new ColumnReader(Unpooled.wrappedBuffer(input, 1, input.length - 1)));
                SeriesView view = state.view();
                for (int d = 0; d < view.datagrams().count(); d++) {
                    assertEquals(view.datagrams().length(d), view.datagram(d).data().readableBytes());
                }
            }
        } catch (BadColumnsException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty(), "it says what is wrong");
        }
        assertTrue(state.bytes() <= LIMIT, () -> state.bytes() + " bytes");
    }

    static Stream<byte[]> datagrams() {
        return Stream.of("tcp4", "unix", "netlink").map(family -> {
            byte[] two = Seeds.dump(family, 2);
            byte[] other = two.clone();
            other[other.length / 2] ^= 4;
            return Parts.steered(Parts.join(two, Seeds.dump(family, 3), new byte[0], other), 60);
        });
    }

    /** Encodes and decodes dumps of the given datagrams; the first byte says where cookies are and the byte order. */
    @MethodSource("datagrams")
    @FuzzTest
    void roundTrip(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        ByteOrder order = (input[0] & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        int cookieAt = input[0] & 0x7c;
        SeriesState encoded = new SeriesState(cookieAt, order);
        SeriesState decoded = new SeriesState(cookieAt, order);
        DumpEncoder encoder = new DumpEncoder(encoded);
        DumpDecoder decoder = new DumpDecoder(decoded);
        List<byte[]> parts = Parts.of(Arrays.copyOfRange(input, 1, input.length));
        for (int from = 0; from < parts.size(); from += DATAGRAMS_A_DUMP) {
            List<byte[]> dump = parts.subList(from, Math.min(parts.size(), from + DATAGRAMS_A_DUMP));
            ColumnWriter out = new ColumnWriter();
            encoder.begin(out);
            for (int i = 0; i < dump.size(); i++) {
                encoder.datagram(datagram(i, dump.get(i)));
            }
            encoder.end();
            ByteBuf bytes = Unpooled.buffer();
            out.writeTo(bytes);
            ColumnReader in = new ColumnReader(bytes);
            decoder.apply(in);
            in.requireEnd();
            requireEqual(dump, decoded.view());
            requireEqual(dump, encoded.view());
        }
    }

    private static void requireEqual(List<byte[]> dump, SeriesView view) {
        List<String> given = new ArrayList<>();
        List<String> back = new ArrayList<>();
        dump.forEach(d -> given.add(ByteBufUtil.hexDump(d)));
        for (int i = 0; i < view.datagrams().count(); i++) {
            back.add(ByteBufUtil.hexDump(view.datagram(i).data()));
        }
        assertEquals(given, back);
    }
}
