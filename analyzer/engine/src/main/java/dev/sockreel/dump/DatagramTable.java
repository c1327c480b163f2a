package dev.sockreel.dump;

import dev.sockreel.capture.record.Datagram;
import dev.sockreel.capture.record.ReceiveTime;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteOrder;
import java.util.List;

/** Sockets in the datagrams in which they were received. */
final class DatagramTable implements SocketTable {
    private final List<Datagram> datagrams;
    /** One socket each: the datagram's index in the upper half, the message's offset in the lower. */
    private final long[] rows;
    private final ByteOrder order;

    DatagramTable(List<Datagram> datagrams, long[] rows, ByteOrder order) {
        this.datagrams = datagrams;
        this.rows = rows;
        this.order = order;
    }

    @Override
    public int sockets() {
        return rows.length;
    }

    @Override
    public List<Datagram> datagrams() {
        return datagrams;
    }

    @Override
    public Messages messages() {
        return new InDatagrams();
    }

    private final class InDatagrams implements Messages {
        private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
        private int offset;
        private ReceiveTime time = ReceiveTime.NONE;

        @Override
        public void moveTo(int row) {
            Datagram d = datagrams.get((int) (rows[row] >>> 32));
            bytes = d.data();
            offset = (int) rows[row];
            time = d.time();
        }

        @Override
        public ByteBuf bytes() {
            return bytes;
        }

        @Override
        public int offset() {
            return offset;
        }

        @Override
        public int end() {
            return bytes.readableBytes();
        }

        @Override
        public int length() {
            return SocketTable.length(bytes, offset, end(), order);
        }

        @Override
        public ReceiveTime time() {
            return time;
        }
    }
}
