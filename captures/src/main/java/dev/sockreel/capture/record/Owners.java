package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The processes that hold sockets, in parts.
 *
 * @param snapshot   number of the snapshot
 * @param whole      true for a scan of all processes: a socket not in it has no owner that could be seen; false for a
 *                   refresh of the state of known processes, whose descriptors are not read again
 * @param part       number of the part in its scan, from 0
 * @param last       true if no part follows; the counts of the last part are those of the whole scan
 * @param begun      when the scan began; descriptors opened later may be missing
 * @param ended      when this part was read
 * @param scanned    number of processes examined
 * @param unreadable number of processes whose descriptors could not be read (no permission)
 * @param vanished   number of processes that ended during the scan
 * @param processes  the holders of this part
 */
public record Owners(
        int snapshot, boolean whole, int part, boolean last, ReceiveTime begun, ReceiveTime ended, int scanned,
        int unreadable, int vanished, List<Holder> processes) implements SnapshotPart {
    static final int TYPE = 9;

    /** The number of descriptors in one {@link Holder}; a process with more has several. */
    public static final int PART_DESCRIPTORS = 16_384;
    /** The size at which a new part is begun, bytes: many processes with few descriptors each add up, too. */
    public static final int PART_BYTES = 1 << 20;

    /**
     * One process and the sockets it holds.
     *
     * @param pid    process id
     * @param comm   /proc/PID/comm without its newline
     * @param stat   /proc/PID/stat, empty when it could not be read
     * @param cgroup path in the last line of /proc/PID/cgroup, empty when it could not be read
     * @param fds    descriptor numbers
     * @param inodes inode of the socket behind each descriptor, same length as {@code fds}
     */
    public record Holder(int pid, byte[] comm, byte[] stat, byte[] cgroup, int[] fds, long[] inodes) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Holder h
                    && pid == h.pid
                    && Arrays.equals(comm, h.comm)
                    && Arrays.equals(stat, h.stat)
                    && Arrays.equals(cgroup, h.cgroup)
                    && Arrays.equals(fds, h.fds)
                    && Arrays.equals(inodes, h.inodes);
        }

        @Override
        public int hashCode() {
            return pid;
        }

        /** The upper bound of its size in a record, bytes. */
        public int maxBytes() {
            return 20 + comm.length + stat.length + cgroup.length + fds.length * 12;
        }
    }

    public Owners {
        processes = List.copyOf(processes);
    }

    /** Splits the holders of one scan into parts; returns at least one part, which may be empty. */
    public static List<List<Holder>> parts(List<Holder> holders) {
        List<List<Holder>> parts = new ArrayList<>();
        List<Holder> part = new ArrayList<>();
        int bytes = 0;
        for (Holder holder : holders) {
            part.add(holder);
            bytes += holder.maxBytes();
            if (bytes >= PART_BYTES) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = 0;
            }
        }
        parts.add(part);
        return parts;
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 10 + 2 * ReceiveTime.BYTES + 16 + processes.stream().mapToInt(Holder::maxBytes).sum();
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(snapshot);
        out.writeByte(whole ? 1 : 0);
        out.writeByte(last ? 1 : 0);
        out.writeIntLE(part);
        begun.encode(out);
        ended.encode(out);
        out.writeIntLE(scanned);
        out.writeIntLE(unreadable);
        out.writeIntLE(vanished);
        out.writeIntLE(processes.size());
        for (Holder p : processes) {
            out.writeIntLE(p.pid());
            Body.writeBytes(out, p.comm());
            Body.writeBytes(out, p.stat());
            Body.writeBytes(out, p.cgroup());
            out.writeIntLE(p.fds().length);
            for (int i = 0; i < p.fds().length; i++) {
                out.writeIntLE(p.fds()[i]);
                out.writeLongLE(p.inodes()[i]);
            }
        }
    }

    static Owners decode(ByteBuf in) throws BadRecordException {
        int snapshot = in.readIntLE();
        boolean whole = in.readUnsignedByte() != 0;
        boolean last = in.readUnsignedByte() != 0;
        int part = in.readIntLE();
        ReceiveTime begun = ReceiveTime.decode(in);
        ReceiveTime ended = ReceiveTime.decode(in);
        int scanned = in.readIntLE();
        int unreadable = in.readIntLE();
        int vanished = in.readIntLE();
        int count = Body.readCount(in, 20);
        List<Holder> processes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            processes.add(decodeHolder(in));
        }
        return new Owners(snapshot, whole, part, last, begun, ended, scanned, unreadable, vanished, processes);
    }

    private static Holder decodeHolder(ByteBuf in) throws BadRecordException {
        int pid = in.readIntLE();
        byte[] comm = Body.readBytes(in);
        byte[] stat = Body.readBytes(in);
        byte[] cgroup = Body.readBytes(in);
        int count = Body.readCount(in, 12);
        int[] fds = new int[count];
        long[] inodes = new long[count];
        for (int i = 0; i < count; i++) {
            fds[i] = in.readIntLE();
            inodes[i] = in.readLongLE();
        }
        return new Holder(pid, comm, stat, cgroup, fds, inodes);
    }
}
