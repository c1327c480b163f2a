package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The sockets that the recorder itself opened in one namespace to take a snapshot: the dumps list some of them.
 *
 * @param snapshot number of the snapshot
 * @param netns    number of the namespace
 * @param sockets  the sockets, in the order in which they were opened
 */
public record OwnSockets(int snapshot, int netns, List<Own> sockets) implements SnapshotPart {
    static final int TYPE = 17;

    private static final int OWN_BYTES = 16;

    /**
     * One socket. At least one of its numbers is known.
     *
     * @param inode  inode of the socket, 0 when unknown
     * @param cookie SO_COOKIE, 0 when unknown
     */
    public record Own(long inode, long cookie) {}

    public OwnSockets {
        sockets = List.copyOf(sockets);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 12 + sockets.size() * OWN_BYTES;
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(snapshot);
        out.writeIntLE(netns);
        out.writeIntLE(sockets.size());
        for (Own own : sockets) {
            out.writeLongLE(own.inode());
            out.writeLongLE(own.cookie());
        }
    }

    static OwnSockets decode(ByteBuf in) throws BadRecordException {
        int snapshot = in.readIntLE();
        int netns = in.readIntLE();
        int count = Body.readCount(in, OWN_BYTES);
        List<Own> sockets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            sockets.add(new Own(in.readLongLE(), in.readLongLE()));
        }
        return new OwnSockets(snapshot, netns, sockets);
    }
}
