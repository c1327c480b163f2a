package dev.sockreel.benchmarks;

import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.TcpInfoBuilder;
import dev.sockreel.nlmsg.NlmsgWalk;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.SocketDecoder;
import dev.sockreel.sockdiag.attribute.TcpInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Compares decoding a TCP socket in place with a walk of the message headers only; read the two as a ratio. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecodeBenchmark {
    private static final int SOCKETS = 64;

    private ByteBuf datagram = Unpooled.EMPTY_BUFFER;
    private final SocketDecoder decoder =
            new SocketDecoder(DumpRequest.ofFamilyId("tcp4"), ByteOrder.LITTLE_ENDIAN);
    private final WireReader in = new WireReader(datagram, 0, ByteOrder.LITTLE_ENDIAN);
    private final NlmsgWalk walk = new NlmsgWalk(in, 0);

    @Setup
    public void build() {
        datagram = Unpooled.buffer();
        for (int i = 0; i < SOCKETS; i++) {
            datagram.writeBytes(InetDiagMsgBuilder.in(ByteOrder.LITTLE_ENDIAN)
                    .family(2)
                    .state(1)
                    .cookie(1000 + i)
                    .inode(5000 + i)
                    .queues(9, 0)
                    .info(TcpInfoBuilder.ofLength(280).set("tcpi_bytes_received", 9))
                    .skmeminfo(0, 131072, 0, 2626560, 0, 4096, 0, 0, 0)
                    .toBytes());
        }
        // A heap array of its exact size, as the reader's groups are.
        byte[] bytes = new byte[datagram.readableBytes()];
        datagram.readBytes(bytes);
        datagram = Unpooled.wrappedBuffer(bytes);
    }

    @Benchmark
    @OperationsPerInvocation(SOCKETS)
    public long headersAlone() {
        in.wrap(datagram, datagram.capacity(), ByteOrder.LITTLE_ENDIAN);
        walk.restart(0);
        long sum = 0;
        while (walk.next()) {
            sum += walk.type();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(SOCKETS)
    public long cookieQueueAndReadPosition() {
        in.wrap(datagram, datagram.capacity(), ByteOrder.LITTLE_ENDIAN);
        walk.restart(0);
        long sum = 0;
        while (walk.next()) {
            DiagSocket socket = decoder.at(datagram, datagram.capacity(), walk.offset(), walk.length());
            if (socket != null) {
                sum += socket.cookie() + socket.recvQNumber() + socket.value(TcpInfo.BYTES_RECEIVED, 0);
            }
        }
        return sum;
    }
}
