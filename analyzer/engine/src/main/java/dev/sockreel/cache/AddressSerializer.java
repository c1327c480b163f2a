package dev.sockreel.cache;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sockreel.address.InetEndpoint;
import dev.sockreel.address.NetlinkAddress;
import dev.sockreel.address.NetlinkDestination;
import dev.sockreel.address.NoPeer;
import dev.sockreel.address.PacketAddress;
import dev.sockreel.address.SocketAddress;
import dev.sockreel.address.TipcAddress;
import dev.sockreel.address.UnixAddress;
import dev.sockreel.address.VsockAddress;
import dev.sockreel.address.XdpAddress;

/** Addresses: a byte for the kind, then its numbers. */
final class AddressSerializer {
    private static final int IPV4 = 0;
    private static final int IPV6 = 1;
    private static final int ANY_DUAL_STACK = 2;
    private static final int UNIX = 3;
    private static final int NETLINK = 4;
    private static final int NETLINK_DESTINATION = 5;
    private static final int PACKET = 6;
    private static final int VSOCK = 7;
    private static final int TIPC = 8;
    private static final int XDP = 9;
    private static final int NO_PEER = 10;

    static void write(Output out, SocketAddress address) {
        switch (address) {
            case InetEndpoint a -> inet(out, a);
            case UnixAddress a -> {
                out.writeByte(UNIX);
                KryoValues.string(out, a.name());
                out.writeBoolean(a.isAbstract());
            }
            case NetlinkAddress a -> ints(out, NETLINK, a.protocol(), a.portId());
            case NetlinkDestination a -> ints(out, NETLINK_DESTINATION, a.group(), a.portId());
            case PacketAddress a -> ints(out, PACKET, a.protocol());
            case VsockAddress a -> longs(out, VSOCK, a.cid(), a.port());
            case TipcAddress a -> longs(out, TIPC, a.node(), a.reference());
            case XdpAddress a -> longs(out, XDP, a.queue());
            case NoPeer a -> out.writeByte(NO_PEER);
        }
    }

    private static void inet(Output out, InetEndpoint a) {
        if (a.version() == 4) {
            ints(out, IPV4, (int) a.low(), a.port());
        } else if (a.dualStack()) {
            ints(out, ANY_DUAL_STACK, a.port());
        } else {
            longs(out, IPV6, a.high(), a.low());
            out.writeInt(a.port());
        }
    }

    private static void ints(Output out, int kind, int... numbers) {
        out.writeByte(kind);
        out.writeInts(numbers, 0, numbers.length);
    }

    private static void longs(Output out, int kind, long... numbers) {
        out.writeByte(kind);
        out.writeLongs(numbers, 0, numbers.length);
    }

    static SocketAddress read(Input in) {
        int kind = in.readByteUnsigned();
        return switch (kind) {
            case IPV4 -> InetEndpoint.ipv4(in.readInt(), in.readInt());
            case IPV6 -> InetEndpoint.ipv6(in.readLong(), in.readLong(), in.readInt());
            case ANY_DUAL_STACK -> InetEndpoint.anyDualStack(in.readInt());
            case UNIX -> new UnixAddress(KryoValues.string(in), in.readBoolean());
            case NETLINK -> new NetlinkAddress(in.readInt(), in.readInt());
            case NETLINK_DESTINATION -> new NetlinkDestination(in.readInt(), in.readInt());
            case PACKET -> new PacketAddress(in.readInt());
            case VSOCK -> new VsockAddress(in.readLong(), in.readLong());
            case TIPC -> new TipcAddress(in.readLong(), in.readLong());
            case XDP -> new XdpAddress(in.readLong());
            case NO_PEER -> NoPeer.INSTANCE;
            default -> throw new KryoException("an address of the unknown kind " + kind);
        };
    }

    private AddressSerializer() {}
}
