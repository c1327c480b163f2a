package dev.sockreel.dump;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.series.Datagrams;
import dev.sockreel.series.SeriesView;
import dev.sockreel.sockdiag.Socket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Sockets in the view of a series: the first messages are its sockets, row for row. */
public final class ViewTable implements SocketTable {
    private final SeriesView view;
    private final int sockets;
    private final ByteOrder order;

    /** @param sockets the number of messages that are sockets; what follows them is NLMSG_DONE */
    ViewTable(SeriesView view, int sockets, ByteOrder order) {
        this.view = view;
        this.sockets = sockets;
        this.order = order;
    }

    public SeriesView view() {
        return view;
    }

    ByteOrder order() {
        return order;
    }

    /** Returns the cookie of a row; the fixed header of its family has one. */
    long cookie(int row) {
        int word = view.cookieAt() >> 2;
        long cookie = view.word(row, word) & 0xFFFFFFFFL | (long) view.word(row, word + 1) << 32;
        return cookie == -1 ? Socket.NO_COOKIE : cookie;
    }

    @Override
    public int sockets() {
        return sockets;
    }

    @Override
    public List<Datagram> datagrams() {
        List<Datagram> all = new ArrayList<>(view.datagrams().count());
        for (int i = 0; i < view.datagrams().count(); i++) {
            all.add(view.datagram(i));
        }
        return all;
    }

    @Override
    public Messages messages() {
        return new InView();
    }

    private final class InView implements Messages {
        private static final int LEAST_BYTES = 256;

        private byte[] message = {};
        private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
        private int length;
        private int row;
        private int datagram;

        @Override
        public void moveTo(int to) {
            length = view.length(to);
            if (length > message.length) {
                message = new byte[Math.max(LEAST_BYTES, Integer.highestOneBit(length) * 2)];
                bytes = Unpooled.wrappedBuffer(message);
            }
            view.copy(to, message, 0);
            row = to;
        }

        @Override
        public ByteBuf bytes() {
            return bytes;
        }

        @Override
        public int offset() {
            return 0;
        }

        @Override
        public int end() {
            return length;
        }

        @Override
        public int length() {
            return SocketTable.length(bytes, 0, length, order);
        }

        @Override
        public ReceiveTime time() {
            Datagrams all = view.datagrams();
            if (!holds(all, datagram)) {
                datagram = holds(all, datagram + 1) ? datagram + 1 : search(all);
            }
            return new ReceiveTime(all.realtimeNs(datagram), all.monotonicNs(datagram));
        }

        private boolean holds(Datagrams all, int number) {
            return number < all.count() && all.firstMessage(number) <= row
                    && row < all.firstMessage(number) + all.messages(number);
        }

        private int search(Datagrams all) {
            int low = 0;
            int high = all.count() - 1;
            while (low < high) {
                int middle = low + high + 1 >>> 1;
                if (all.firstMessage(middle) <= row) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }
    }
}
