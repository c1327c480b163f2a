package dev.sockreel.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.PacketDiagMsgBuilder;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;

/** Seeds that no capture contains: rare families and attributes, big-endian. Two steering bytes precede each. */
public final class BuiltMessages {
    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

    private interface Build {
        byte[] in(ByteOrder order);
    }

    private static Stream<byte[]> inBothOrders(Build build) {
        return ORDERS.stream().map(o -> Parts.steered(build.in(o), o == ByteOrder.BIG_ENDIAN ? 1 : 0, 0xff));
    }

    static Stream<byte[]> unix() {
        return inBothOrders(order -> UnixDiagMsgBuilder.in(order)
                .state(10).inode(7).cookie(9).name("\0abstract".getBytes(UTF_8)).vfs(3, 0x800001).peer(0)
                .icons(11, 12, 13).rqlen(3, 128).meminfo(1, 2, 3, 4, 5, 6, 7, 8, 9).shutdown(3).uid(1000)
                .toBytes());
    }

    static Stream<byte[]> packet() {
        byte[] multicast = new byte[48];
        multicast[10] = 6;
        return inBothOrders(order -> PacketDiagMsgBuilder.in(order)
                .type(3).num(3).inode(7).cookie(9).info(2, 2, 0, 0, 0, 1).rxRing(4096, 2, 2048, 4, 60, 0, 0)
                .fanout(5).uid(0).meminfo(1, 2, 3, 4, 5, 6, 7, 8, 9)
                .attributes(a -> a.bytes(1, multicast).bytes(7, new byte[16]))
                .toBytes());
    }

    /** struct xdp_diag_msg (uapi/linux/xdp_diag.h): family, type, pad, ino, cookie[2]. */
    static Stream<byte[]> xdp() {
        return inBothOrders(order -> NlmsgBuilder.socket(order)
                .body(header(order, 16).put((byte) 44).put((byte) 3).putShort((short) 0).putInt(77).putInt(5).putInt(0)
                        .array())
                .attributes(a -> a.u32(1, 2, 3).u32(2, 1000).u32(3, 2048).u32(6, 4096)
                        .u32(5, 1 << 16, 0, 1, 16, 4096, 0, 2, 3, 0, 1).u32(8, 1, 2, 3, 4, 5, 6, 7, 8, 9)
                        .bytes(9, new byte[48]))
                .toBytes());
    }

    /** A message without fixed header: TIPC_NLA_SOCK (1) nests the rest (uapi/linux/tipc_netlink.h). */
    static Stream<byte[]> tipc() {
        return inBothOrders(order -> NlmsgBuilder.socket(order)
                .attributes(a -> a.nested(0x8001, s -> s.u32(1, 0x1001001).u32(2, 99).u32(6, 1).u32(7, 4711).u32(8, 0)
                        .u32(9, 1).u64(10, 17).bytes(4, new byte[0])
                        .nested(0x8003, c -> c.bytes(1, new byte[0]).u32(2, 5).u32(3, 6))
                        .nested(0x8005, c -> c.u32(0, 2).u32(1, 0).bytes(3, new byte[0]).u32(4, 1))))
                .toBytes());
    }

    /** struct smc_diag_msg (uapi/linux/smc_diag.h), 64 bytes, followed by SMC_DIAG_CONNINFO and the like. */
    static Stream<byte[]> smc() {
        return inBothOrders(order -> NlmsgBuilder.socket(order)
                .body(header(order, 64).put((byte) 2).put((byte) 1).put((byte) 0).put((byte) 0)
                        .putShort((short) 80).putShort((short) 81).put(new byte[] {127, 0, 0, 1}).array())
                .attributes(a -> a.bytes(1, new byte[40]).u8(3, 2).u32(4, 7))
                .toBytes());
    }

    private static ByteBuffer header(ByteOrder order, int bytes) {
        return ByteBuffer.allocate(bytes).order(order);
    }

    private BuiltMessages() {}
}
