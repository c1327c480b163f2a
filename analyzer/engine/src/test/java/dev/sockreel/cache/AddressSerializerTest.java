package dev.sockreel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Addresses of every kind come back as they were. */
class AddressSerializerTest {
    private static final List<SocketAddress> EACH = List.of(
            InetEndpoint.ipv4(-1, 65535), InetEndpoint.ipv4(0, 0), InetEndpoint.ipv6(1L << 63, -2, 80),
            InetEndpoint.ipv6(0, 0, 80), InetEndpoint.anyDualStack(80), new UnixAddress("/\u00e4\\x0a", false),
            new UnixAddress("", true), new NetlinkAddress(16, -4100), new NetlinkDestination(2, -1),
            new PacketAddress(0xffff), new VsockAddress(VsockAddress.ANY, 7), new TipcAddress(VsockAddress.ANY, 9),
            new XdpAddress(VsockAddress.ANY), NoPeer.INSTANCE);

    @Test
    void eachKindComesBack() {
        assertEquals(Set.of(SocketAddress.class.getPermittedSubclasses()),
                EACH.stream().map(SocketAddress::getClass).collect(Collectors.toSet()));
        Output out = new Output(1000);
        EACH.forEach(a -> AddressSerializer.write(out, a));
        Input in = new Input(out.toBytes());
        for (SocketAddress address : EACH) {
            assertEquals(address, AddressSerializer.read(in));
        }
        assertEquals(in.limit(), in.position());
    }

    @Test
    void aKindThatIsNoneIsAnError() {
        assertThrows(KryoException.class, () -> AddressSerializer.read(new Input(new byte[] {11})));
    }
}
