package dev.sockreel.snapshot;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.dump.CookieIndex;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.SocketTable;
import dev.sockreel.nlmsg.NlmsgWalk;
import dev.sockreel.nlmsg.WireReader;
import dev.sockreel.sockdiag.DiagSocket;
import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.SocketDecoder;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;

/** Restores every row that the kernel sent: netlink_diag lists a socket that has groups twice. */
final class RepeatedRows {
    private final Dump dump;
    private long[] rows;
    private int sockets;

    private RepeatedRows(Dump dump) {
        this.dump = dump;
        this.rows = new long[dump.sockets() * 2 + 1];
    }

    /** Returns the dump with all rows of the sockets it lists, in the order of the messages. */
    static Dump in(Dump dump) {
        RepeatedRows all = new RepeatedRows(dump);
        SocketDecoder decoder = new SocketDecoder(dump.request(), dump.order());
        CookieIndex cookies = new CookieIndex(dump.sockets());
        List<Datagram> datagrams = dump.datagrams();
        for (int i = 0; i < datagrams.size(); i++) {
            all.walk(i, datagrams.get(i), decoder, cookies);
        }
        SocketTable rows = SocketTable.of(datagrams, Arrays.copyOf(all.rows, all.sockets), dump.order());
        return dump.with(rows, cookies);
    }

    private void walk(int index, Datagram d, SocketDecoder decoder, CookieIndex cookies) {
        WireReader in = new WireReader(Unpooled.EMPTY_BUFFER, 0, dump.order());
        in.wrap(d.data(), d.data().readableBytes(), dump.order());
        NlmsgWalk walk = new NlmsgWalk(in, 0);
        while (walk.next()) {
            DiagSocket socket = decoder.at(d.data(), in.end(), walk.offset(), walk.length());
            if (socket != null && isListed(socket)) {
                add((long) index << 32 | walk.offset(), socket.cookie(), cookies);
            }
        }
    }

    private boolean isListed(Socket socket) {
        return dump.cookies().row(socket.cookie()) >= 0;
    }

    private void add(long row, long cookie, CookieIndex cookies) {
        if (sockets == rows.length) {
            rows = Arrays.copyOf(rows, sockets * 2);
        }
        cookies.add(cookie, sockets);
        rows[sockets++] = row;
    }
}
