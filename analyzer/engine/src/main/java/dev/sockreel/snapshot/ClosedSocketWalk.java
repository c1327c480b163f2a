package dev.sockreel.snapshot;

import dev.sockreel.capture.record.ClosedSockets;
import dev.sockreel.nlmsg.InetProtocol;
import dev.sockreel.nlmsg.NlmsgWalk;
import dev.sockreel.nlmsg.Nlmsghdr;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.DumpRequest;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.SocketDecoder;
import dev.sockreel.sockdiag.attribute.InetDiagMsg;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes the messages about destroyed sockets in one snapshot. */
final class ClosedSocketWalk {
    private record Kind(int family, int protocol) {}

    private final Snapshot snapshot;
    private final ByteOrder order;
    private final Map<Kind, SocketDecoder> decoders = new HashMap<>();
    private final List<ClosedSocket> found = new ArrayList<>();

    private ClosedSocketWalk(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.order = snapshot.header().orderOrLittleEndian();
    }

    /** Returns the sockets in the order in which they were destroyed. */
    static List<ClosedSocket> of(Snapshot snapshot) {
        ClosedSocketWalk walk = new ClosedSocketWalk(snapshot);
        snapshot.records().closed().forEach(walk::datagram);
        return List.copyOf(walk.found);
    }

    private void datagram(ClosedSockets record) {
        WireReader in = new WireReader(Unpooled.EMPTY_BUFFER, 0, order);
        in.wrap(record.data(), record.data().readableBytes(), order);
        NlmsgWalk walk = new NlmsgWalk(in, 0);
        while (walk.next()) {
            boolean hasFamily = walk.length() > Nlmsghdr.BYTES;
            if (walk.type() == Nlmsghdr.SOCK_DIAG_BY_FAMILY && hasFamily) {
                Socket socket = socket(record, in, walk);
                if (socket != null) {
                    found.add(new ClosedSocket(
                            record.time(), snapshot.netnsInode(record.netns()),
                            SocketIdentity.of(snapshot, record.netns(), socket), socket));
                }
            }
        }
    }

    private @Nullable Socket socket(ClosedSockets record, WireReader in, NlmsgWalk walk) {
        int family = in.u8(walk.offset() + Nlmsghdr.BYTES);
        DiagSocket socket = decoder(family, InetProtocol.IPPROTO_TCP)
                .at(record.data(), in.end(), walk.offset(), walk.length());
        if (socket == null) {
            return null;
        }
        // no request names the protocol of an announcement, but an attribute does
        int protocol = (int) socket.value(InetDiagMsg.PROTOCOL, InetProtocol.IPPROTO_TCP);
        if (protocol != InetProtocol.IPPROTO_TCP) {
            socket = decoder(family, protocol).at(record.data(), in.end(), walk.offset(), walk.length());
        }
        return socket == null ? null : socket.hold();
    }

    private SocketDecoder decoder(int family, int protocol) {
        return decoders.computeIfAbsent(new Kind(family, protocol), k -> new SocketDecoder(new DumpRequest(
                Nlmsghdr.SOCK_DIAG_BY_FAMILY, family, protocol, DumpRequest.ALL_STATES, 0, false, false, false, 0),
                order));
    }
}
