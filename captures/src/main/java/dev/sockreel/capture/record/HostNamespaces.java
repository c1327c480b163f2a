package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * All network namespaces of the host that a process is in or that have a name under /run/netns, whether they are
 * recorded or not.
 *
 * @param snapshot   number of the snapshot
 * @param time       when they were listed
 * @param unreadable number of processes whose namespace could not be read
 * @param namespaces the namespaces
 */
public record HostNamespaces(int snapshot, ReceiveTime time, int unreadable,
        List<Namespace> namespaces) implements SnapshotPart {
    static final int TYPE = 16;

    /**
     * One namespace.
     *
     * @param inode     inode of its /proc/PID/ns/net
     * @param processes number of processes in it
     * @param name      name under /run/netns, empty for none
     * @param pid       the lowest id of a process in it, 0 for none
     * @param comm      that process's name, /proc/PID/comm without its newline
     */
    public record Namespace(long inode, int processes, String name, int pid, String comm) {}

    public HostNamespaces {
        namespaces = List.copyOf(namespaces);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 12 + ReceiveTime.BYTES
                + namespaces.stream().mapToInt(n -> 16 + Body.maxText(n.name()) + Body.maxText(n.comm())).sum();
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(snapshot);
        time.encode(out);
        out.writeIntLE(unreadable);
        out.writeIntLE(namespaces.size());
        for (Namespace n : namespaces) {
            out.writeLongLE(n.inode());
            out.writeIntLE(n.processes());
            Body.writeText(out, n.name());
            out.writeIntLE(n.pid());
            Body.writeText(out, n.comm());
        }
    }

    static HostNamespaces decode(ByteBuf in) throws BadRecordException {
        int snapshot = in.readIntLE();
        ReceiveTime time = ReceiveTime.decode(in);
        int unreadable = in.readIntLE();
        int count = Body.readCount(in, 24);
        List<Namespace> namespaces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            namespaces.add(new Namespace(
                    in.readLongLE(), in.readIntLE(), Body.readText(in), in.readIntLE(), Body.readText(in)));
        }
        return new HostNamespaces(snapshot, time, unreadable, namespaces);
    }
}
