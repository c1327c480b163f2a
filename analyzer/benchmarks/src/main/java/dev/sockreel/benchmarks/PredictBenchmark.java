package dev.sockreel.benchmarks;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.delta.ColumnReader;
import dev.sockreel.delta.ColumnWriter;
import dev.sockreel.delta.DumpDecoder;
import dev.sockreel.delta.DumpEncoder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.series.Cookies;
import dev.sockreel.series.SeriesState;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Compares what a socket costs in a series of dumps: matched, encoded, applied; some percent of them are active. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PredictBenchmark {
    private static final int SOCKETS = 5000;
    private static final int DUMPS = 20;
    private static final int MESSAGES_A_DATAGRAM = 60;
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** Percent of the sockets that carry data between two dumps. */
    @Param({"0", "1", "10"})
    public int active;

    private final List<List<Datagram>> dumps = new ArrayList<>();
    private final List<ByteBuf> columns = new ArrayList<>();
    private SeriesState state = new SeriesState(Cookies.NONE, ORDER);

    @Setup
    public void build() throws IOException {
        Random random = new Random(1);
        long[] bytes = new long[SOCKETS];
        long[] age = new long[SOCKETS];
        for (int dump = 0; dump <= DUMPS; dump++) {
            for (int i = 0; i < SOCKETS; i++) {
                boolean isActive = random.nextInt(100) < active;
                bytes[i] += isActive ? random.nextInt(10_000) : 0;
                age[i] = isActive ? random.nextInt(250) * 4L : age[i] + 1000;
            }
            dumps.add(dump(dump, bytes, age));
        }
        restart();
        DumpEncoder encoder = new DumpEncoder(state);
        for (List<Datagram> dump : dumps.subList(1, dumps.size())) {
            ColumnWriter out = new ColumnWriter();
            encode(encoder, dump, out);
            ByteBuf content = Unpooled.buffer();
            out.writeTo(content);
            columns.add(content);
        }
    }

    private static List<Datagram> dump(int number, long[] bytes, long[] age) {
        List<Datagram> datagrams = new ArrayList<>();
        for (int from = 0; from < SOCKETS; from += MESSAGES_A_DATAGRAM) {
            ByteBuf data = Unpooled.buffer();
            for (int i = from; i < Math.min(SOCKETS, from + MESSAGES_A_DATAGRAM); i++) {
                data.writeBytes(InetDiagMsgBuilder.in(ORDER).cookie(1000 + i).inode(5000 + i)
                        .info(TcpInfoBuilder.ofLength(280).set("tcpi_bytes_received", bytes[i])
                                .set("tcpi_bytes_acked", bytes[i] / 3).set("tcpi_last_data_recv", age[i])
                                .set("tcpi_last_ack_recv", age[i]))
                        .skmeminfo(0, 131072, 0, 2626560, 0, 4096, 0, 0, 0).toBytes());
            }
            datagrams.add(datagram(number, datagrams.size(), data));
        }
        datagrams.add(datagram(number, datagrams.size(),
                Unpooled.wrappedBuffer(NlmsgBuilder.done(ORDER, 0).toBytes())));
        return datagrams;
    }

    private static Datagram datagram(int dump, int number, ByteBuf data) {
        return new Datagram(dump, number, 0, 0, data.readableBytes(), 0, ReceiveTime.NONE, data);
    }

    /** Begins with the first dump again. */
    @Setup(Level.Invocation)
    public void restart() throws IOException {
        state = new SeriesState(Cookies.offset("tcp4"), ORDER);
        state.match(dumps.getFirst());
    }

    @Benchmark
    @OperationsPerInvocation(SOCKETS * DUMPS)
    public int match() throws IOException {
        int changed = 0;
        for (List<Datagram> dump : dumps.subList(1, dumps.size())) {
            changed += state.match(dump).changed().length;
        }
        return changed;
    }

    @Benchmark
    @OperationsPerInvocation(SOCKETS * DUMPS)
    public int encode() throws IOException {
        DumpEncoder encoder = new DumpEncoder(state);
        ColumnWriter out = new ColumnWriter();
        int bytes = 0;
        for (List<Datagram> dump : dumps.subList(1, dumps.size())) {
            encode(encoder, dump, out);
            bytes += out.bytes();
            out.clear();
        }
        return bytes;
    }

    private static void encode(DumpEncoder encoder, List<Datagram> dump, ColumnWriter out) throws IOException {
        encoder.begin(out);
        for (Datagram datagram : dump) {
            encoder.datagram(datagram);
        }
        encoder.end();
    }

    @Benchmark
    @OperationsPerInvocation(SOCKETS * DUMPS)
    public int apply() throws IOException {
        DumpDecoder decoder = new DumpDecoder(state);
        int changed = 0;
        for (ByteBuf content : columns) {
            changed += decoder.apply(new ColumnReader(content.duplicate())).changed().length;
        }
        return changed;
    }
}
