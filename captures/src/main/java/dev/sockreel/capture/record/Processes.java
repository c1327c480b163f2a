package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Facts about the processes that hold sockets, each once per process life and file: a process is told from a later one
 * with its pid by its start time.
 *
 * @param snapshot  number of the snapshot
 * @param time      when they were read
 * @param processes the facts
 */
public record Processes(int snapshot, ReceiveTime time, List<Facts> processes) implements SnapshotPart {
    static final int TYPE = 13;

    /** The length at which a command line is cut, bytes. */
    public static final int MAX_CMDLINE_BYTES = 4096;

    /** The command line held what looked like a secret, which was replaced before it was stored. */
    public static final int CMDLINE_MASKED = 1;
    /** The command line is longer than what was stored. */
    public static final int CMDLINE_CUT = 2;
    /** The recorder was asked not to store command lines. */
    public static final int CMDLINE_WITHHELD = 4;
    /** The command line could not be read. */
    public static final int CMDLINE_UNREADABLE = 8;

    /**
     * One process.
     *
     * @param pid          process id
     * @param startedTicks field 22 of /proc/PID/stat: clock ticks from the host's boot to the process's start
     * @param uid          effective user id, -1 when unknown
     * @param user         that user's name on the capturing host, empty when unknown
     * @param flags        a sum of {@link #CMDLINE_MASKED}, …
     * @param cmdline      /proc/PID/cmdline, whose words end in NUL; empty for a kernel thread
     * @param cgroup       all of /proc/PID/cgroup
     * @param netns        inode of /proc/PID/ns/net, 0 when unknown
     * @param machine      e_machine in the ELF header of /proc/PID/exe, to read system call numbers; 0 when unknown
     */
    public record Facts(
            int pid, long startedTicks, int uid, String user, int flags, byte[] cmdline, byte[] cgroup, long netns,
            int machine) {
        @Override
        public boolean equals(Object o) {
            return o instanceof Facts f
                    && pid == f.pid
                    && startedTicks == f.startedTicks
                    && uid == f.uid
                    && user.equals(f.user)
                    && flags == f.flags
                    && Arrays.equals(cmdline, f.cmdline)
                    && Arrays.equals(cgroup, f.cgroup)
                    && netns == f.netns
                    && machine == f.machine;
        }

        @Override
        public int hashCode() {
            return pid;
        }

        /** The upper bound of its size in a record, bytes. */
        public int maxBytes() {
            return 40 + Body.maxText(user) + cmdline.length + cgroup.length;
        }
    }

    public Processes {
        processes = List.copyOf(processes);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 8 + ReceiveTime.BYTES + processes.stream().mapToInt(Facts::maxBytes).sum();
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(snapshot);
        time.encode(out);
        out.writeIntLE(processes.size());
        for (Facts p : processes) {
            out.writeIntLE(p.pid());
            out.writeLongLE(p.startedTicks());
            out.writeIntLE(p.uid());
            Body.writeText(out, p.user());
            out.writeIntLE(p.flags());
            Body.writeBytes(out, p.cmdline());
            Body.writeBytes(out, p.cgroup());
            out.writeLongLE(p.netns());
            out.writeIntLE(p.machine());
        }
    }

    static Processes decode(ByteBuf in) throws BadRecordException {
        int snapshot = in.readIntLE();
        ReceiveTime time = ReceiveTime.decode(in);
        int count = Body.readCount(in, 44);
        List<Facts> processes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            processes.add(new Facts(
                    in.readIntLE(), in.readLongLE(), in.readIntLE(), Body.readText(in), in.readIntLE(),
                    Body.readBytes(in), Body.readBytes(in), in.readLongLE(), in.readIntLE()));
        }
        return new Processes(snapshot, time, processes);
    }
}
