package dev.sockreel.source;

import dev.sockreel.fixtures.DiagMsgBuilder;
import dev.sockreel.fixtures.DiagRequest;
import dev.sockreel.fixtures.DumpBuilder;
import dev.sockreel.fixtures.InetDiagMsgBuilder;
import dev.sockreel.fixtures.NlmsgBuilder;
import dev.sockreel.fixtures.Uapi;
import dev.sockreel.fixtures.UnixDiagMsgBuilder;
import java.nio.ByteOrder;

/** Builds the packets between a program and the kernel as nlmon shows them. */
final class NetlinkTalk {
    private static final long ALL = 0xffffffffL;

    private final ByteOrder order;
    private final long seq;

    /** @param seq nlmsg_seq of all requests; ss uses one for all */
    NetlinkTalk(ByteOrder order, long seq) {
        this.order = order;
        this.seq = seq;
    }

    byte[] ask(int family, int protocol) {
        return DiagRequest.inet(order, family, protocol, 0, ALL).seq(seq).toBytes();
    }

    byte[] askUnix() {
        return DiagRequest.unix(order, ALL, 0, 0, 0).seq(seq).toBytes();
    }

    private static <B extends DiagMsgBuilder<B>> B to(long portid, long seq, B socket) {
        return socket.header(h -> h.seq(seq).pid(portid));
    }

    /** Builds sockets with these cookies and the same numbers as inodes. */
    byte[] sockets(long portid, int family, long... cookies) {
        DumpBuilder all = new DumpBuilder();
        for (long cookie : cookies) {
            all.add(to(portid, seq, InetDiagMsgBuilder.in(order).family(family).cookie(cookie).inode(cookie)
                    .ports((int) cookie, 80)));
        }
        return all.toBytes();
    }

    byte[] unixSockets(long portid, long... cookies) {
        DumpBuilder all = new DumpBuilder();
        for (long cookie : cookies) {
            all.add(to(portid, seq, UnixDiagMsgBuilder.in(order).cookie(cookie).inode(cookie)));
        }
        return all.toBytes();
    }

    byte[] done(long portid) {
        return NlmsgBuilder.done(order, 0).seq(seq).pid(portid).toBytes();
    }

    byte[] error(long portid, int negatedErrno, byte[] request) {
        return NlmsgBuilder.error(order, negatedErrno, request).seq(seq).pid(portid).toBytes();
    }

    static final int TCP = Uapi.IPPROTO_TCP;
    static final int UDP = Uapi.IPPROTO_UDP;
}
