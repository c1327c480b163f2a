package dev.sockreel.delta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.fixtures.Capture;
import dev.sockreel.fixtures.LiveCapture;
import dev.sockreel.fixtures.Sample;
import dev.sockreel.series.Cookies;
import dev.sockreel.series.MadeSeries;
import dev.sockreel.series.SeriesChanges;
import dev.sockreel.series.SeriesState;
import dev.sockreel.series.SeriesTooLargeException;
import dev.sockreel.series.SeriesView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps come back byte for byte, of real captures and of made ones in which anything happens. */
final class DumpRoundTripTest {
    private static final long SEED = System.nanoTime();
    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

    DumpRoundTripTest() {
        System.out.println("DumpRoundTripTest seed " + SEED);
    }

    /** An encoder and a decoder of one series, each with a state of its own. */
    private static final class Pair {
        private final SeriesState encoded;
        private final SeriesState decoded;
        private final DumpEncoder encoder;
        private final DumpDecoder decoder;
        private int dumps;

        Pair(int cookieAt, ByteOrder order, List<Datagram> key) throws SeriesTooLargeException {
            encoded = new SeriesState(cookieAt, order);
            decoded = new SeriesState(cookieAt, order);
            encoded.match(key);
            decoded.match(key);
            encoder = new DumpEncoder(encoded);
            decoder = new DumpDecoder(decoded);
        }

        /** Codes a dump and requires it back; returns the bytes it took. */
        int require(List<Datagram> dump, ReceiveTime asked) throws IOException {
            List<String> given = MadeSeries.text(dump);
            ColumnWriter out = new ColumnWriter();
            encoder.begin(out, asked);
            for (Datagram datagram : dump) {
                // the buffer is the caller's again
                ByteBuf data = datagram.data().copy();
                encoder.datagram(new Datagram(datagram.dump(), datagram.number(), datagram.marks(),
                        datagram.msgFlags(), datagram.trueLength(), datagram.senderPid(), datagram.time(), data));
                data.setZero(0, data.capacity());
            }
            SeriesChanges written = encoder.end();
            int bytes = out.bytes();
            ColumnReader in = new ColumnReader(written(out));
            SeriesChanges read = decoder.apply(in, asked);
            in.requireEnd();
            dumps++;
            assertEquals(given, MadeSeries.text(MadeSeries.datagrams(decoded.view())), () -> "dump " + dumps);
            assertEquals(given, MadeSeries.text(MadeSeries.datagrams(encoded.view())), () -> "dump " + dumps);
            assertEquals(written.toString() + Arrays.toString(written.stretches()),
                    read.toString() + Arrays.toString(read.stretches()));
            return bytes;
        }
    }

    static ByteBuf written(ColumnWriter out) {
        ByteBuf bytes = Unpooled.buffer();
        out.writeTo(bytes);
        return bytes;
    }

    @Test
    void everySeriesOfARecordedCapture(@TempDir Path folder) throws IOException {
        int dumps = 0;
        for (RecordedSeries series : RecordedSeries.read(LiveCapture.reel(folder))) {
            Pair pair = new Pair(Cookies.offset(series.family()), series.order(), List.of());
            for (RecordedSeries.Dump dump : series.dumps()) {
                pair.require(dump.datagrams(), dump.begin().time());
                dumps++;
            }
        }
        assertTrue(dumps > 20, dumps + " dumps");
    }

    @Test
    void everyRawDumpAfterAnyOther() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (Sample sample : Sample.values()) {
            all.add(sample.bytes());
        }
        for (String name : Capture.names()) {
            try (Stream<Path> files = Files.list(Capture.unpack(name).resolve("raw"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".bin")).sorted().toList()) {
                    all.add(Files.readAllBytes(file));
                }
            }
        }
        assertTrue(all.size() > 30, all.size() + " dumps");
        for (int cookieAt : new int[] {MadeSeries.COOKIE_AT, 24, Cookies.NONE}) {
            Pair pair = new Pair(cookieAt, ByteOrder.LITTLE_ENDIAN, List.of());
            for (int i = 0; i < 2 * all.size(); i++) {
                byte[] bytes = all.get(i % all.size());
                pair.require(List.of(new Datagram(i, 0, 0, 0, bytes.length, 0, ReceiveTime.NONE,
                        Unpooled.wrappedBuffer(bytes))), ReceiveTime.NONE);
            }
        }
    }

    @Test
    void aDumpInWhichAnythingHappens() throws IOException {
        for (ByteOrder order : ORDERS) {
            for (int cookieAt : new int[] {MadeSeries.COOKIE_AT, 24, Cookies.NONE}) {
                MadeSeries made = new MadeSeries(SEED + cookieAt, order);
                made.addAll(300);
                Pair pair = new Pair(cookieAt, order, made.oddDump());
                for (int round = 0; round < 60; round++) {
                    made.age(1000 + 4 * made.random.nextInt(2));
                    for (int i = made.random.nextInt(30); i > 0 && !made.messages.isEmpty(); i--) {
                        made.touch(made.random.nextInt(made.messages.size()));
                    }
                    if (round % 4 != 0) {
                        made.shake(made.random.nextInt(20));
                    }
                    List<Datagram> dump = round % 13 == 12 ? List.of() : round % 5 == 0 ? made.dump() : made.oddDump();
                    ReceiveTime asked = dump.isEmpty() || made.random.nextBoolean()
                            ? ReceiveTime.NONE
                            : new ReceiveTime(dump.getFirst().time().realtimeNs() - 5000, made.random.nextInt(9));
                    pair.require(dump, asked);
                }
            }
        }
    }

    @Test
    void emptyDumpsAtTheBeginOfAChain() throws IOException {
        MadeSeries made = new MadeSeries(SEED, ByteOrder.LITTLE_ENDIAN);
        made.addAll(20);
        Pair pair = new Pair(MadeSeries.COOKIE_AT, ByteOrder.LITTLE_ENDIAN, List.of());
        pair.require(List.of(), new ReceiveTime(1000, 500));
        pair.require(List.of(), ReceiveTime.NONE);
        pair.require(made.oddDump(), ReceiveTime.NONE);
        pair.require(List.of(), new ReceiveTime(2000, 900));
        pair.require(made.dump(), ReceiveTime.NONE);
        made.messages.clear();
        pair.require(made.dump(), ReceiveTime.NONE);
    }

    @Test
    void timesOfAnyKind() throws IOException {
        long[] all = {ReceiveTime.UNKNOWN, Long.MAX_VALUE, Long.MIN_VALUE + 1, 0, -1, 1000, 1L << 61, -(1L << 61) - 1};
        MadeSeries made = new MadeSeries(SEED, ByteOrder.LITTLE_ENDIAN);
        made.addAll(40);
        Pair pair = new Pair(MadeSeries.COOKIE_AT, ByteOrder.LITTLE_ENDIAN, made.dump());
        for (int round = 0; round < 400; round++) {
            List<Datagram> dump = new ArrayList<>();
            long unit = round % 3 == 0 ? 1000 : 1;
            for (Datagram d : made.dump()) {
                long any = made.random.nextLong() >> made.random.nextInt(64);
                long real = made.random.nextInt(3) == 0 ? any : all[made.random.nextInt(round < 200 ? 8 : 7)];
                long mono = made.random.nextInt(3) == 0 ? any : round < 300 ? real - 7 : all[made.random.nextInt(8)];
                dump.add(new Datagram(d.dump(), d.number(), 0, 0, d.trueLength(), 0,
                        new ReceiveTime(real / unit * unit, mono / unit * unit), d.data()));
            }
            pair.require(dump, new ReceiveTime(all[round % 8], all[round / 8 % 8]));
        }
    }

    @Test
    void aSteadyDumpCostsItsChangesAlone() throws IOException {
        MadeSeries made = new MadeSeries(SEED, ByteOrder.LITTLE_ENDIAN);
        made.addAll(5000);
        Pair pair = new Pair(MadeSeries.COOKIE_AT, ByteOrder.LITTLE_ENDIAN, made.dump(60));
        for (int round = 0; round < 12; round++) {
            made.age(1000);
            int bytes = pair.require(made.dump(60), ReceiveTime.NONE);
            // what the dump itself costs, and its datagrams' times
            assertTrue(round < 3 || bytes < 150, bytes + " bytes");
        }
        for (int i = 0; i < 10; i++) {
            made.touch(i * 400);
        }
        int bytes = pair.require(made.dump(60), ReceiveTime.NONE);
        assertTrue(bytes < 150 + 10 * 40, bytes + " bytes");
    }
}
