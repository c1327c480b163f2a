package dev.sockreel.campaign.files;

import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import dev.sockreel.fuzz.Seeds;
import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Dumps: real messages, and built ones with odd fields, attributes, lengths and orders. */
record MessageGrammar(Odd odd) {
    static final List<String> FAMILIES = List.of("tcp4", "tcp6", "udp4", "udp6", "unix", "packet", "netlink", "vsock",
            "raw4", "raw6", "sctp4", "mptcp4", "udplite4", "tcp_getsock");
    private static final Map<String, List<byte[]>> REAL = new ConcurrentHashMap<>();
    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    private static final long[] MEMORY = {0, 87380, 0, 16384, 0, 0, 0, 0, 3};

    /** Returns the datagrams of a dump, most often with its NLMSG_DONE. */
    List<byte[]> dump(String family, int sockets) {
        List<byte[]> datagrams = new ArrayList<>();
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        for (int i = 0; i < sockets; i++) {
            open.writeBytes(odd.bytes(socket(family, i)));
            if (open.size() > 3000 || odd.isOdd()) {
                datagrams.add(open.toByteArray());
                open.reset();
            }
        }
        if (!odd.isOdd()) {
            open.writeBytes(
                    NlmsgBuilder.done(ORDER, odd.number(0)).seq(odd.number(seq(family))).pid(odd.number(7)).toBytes());
        }
        datagrams.add(open.toByteArray());
        return datagrams;
    }

    /** Returns the nlmsg_seq that the real messages of a family have. */
    private static int seq(String family) {
        List<byte[]> real = real(family);
        return real.isEmpty() ? 1 : ReelParts.little(real.getFirst()).getInt(8);
    }

    private byte[] socket(String family, int i) {
        List<byte[]> real = real(family);
        byte[] message = family.equals("unix") && odd.random().nextInt(3) == 0
                ? unix(1000 + i, "/run/s" + i, i % 7)
                : family.equals("tcp4") && odd.random().nextInt(3) == 0
                        ? tcp(1000 + i, 20_000 + i, 80)
                : real.get(odd.random().nextInt(real.size())).clone();
        message = message.clone();
        ReelParts.little(message).putInt(0, odd.number(message.length)).putInt(8, odd.number(seq(family)))
                .putShort(4, (short) odd.number(ReelParts.little(message).getShort(4)))
                .putShort(6, (short) odd.number(2));
        return message;
    }

    private static List<byte[]> real(String family) {
        return REAL.computeIfAbsent(family, Seeds::messages);
    }

    /** Builds a unix socket that listens when it has clients waiting, and has a peer otherwise. */
    byte[] unix(int inode, String name, int clients) {
        UnixDiagMsgBuilder built =
                UnixDiagMsgBuilder.in(ORDER).type(odd.number(1)).state(clients > 0 ? 10 : odd.number(1))
                        .inode(odd.number(inode)).cookie(odd.big(inode)).name(odd.textBytes(name))
                        .rqlen(odd.number(clients), odd.number(128)).meminfo(MEMORY).shutdown(odd.number(0));
        if (clients > 0) {
            long[] icons = new long[clients];
            java.util.Arrays.setAll(icons, n -> odd.number(50_000 + n));
            built.icons(icons);
        } else {
            built.peer(odd.number(inode ^ 1));
        }
        return built.header(h -> h.seq(seq("unix"))).toBytes();
    }

    byte[] tcp(int inode, int localPort, int remotePort) {
        InetDiagMsgBuilder built = InetDiagMsgBuilder.in(ORDER).family(2).state(odd.number(1)).timer(odd.number(0))
                .local("127.0.0.1", localPort & 0xffff).remote("127.0.0.1", remotePort & 0xffff)
                .ifindex(odd.number(0)).cookie(odd.big(inode)).queues(odd.number(0), odd.number(0))
                .uid(odd.number(0)).inode(odd.number(inode)).skmeminfo(MEMORY);
        if (odd.isOdd()) {
            built.attributes(a -> a.lying(odd.number(9), odd.number(8), new byte[8])
                    .bytes(odd.number(18), new byte[odd.random().nextInt(300)]));
        }
        return built.header(h -> h.seq(seq("tcp4"))).toBytes();
    }
}
