package dev.sockreel.capture.record;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * What the threads of processes that hold sockets waited for, from /proc/PID/task/TID/{stat,syscall,wchan}. Stack and
 * program addresses, which /proc shows too, are never stored.
 *
 * @param snapshot  number of the snapshot
 * @param time      when the first of them was read
 * @param flags     a sum of {@link #BUDGET_SPENT}
 * @param processes the processes looked into
 */
public record Threads(int snapshot, ReceiveTime time, int flags, List<Process> processes) implements SnapshotPart {
    static final int TYPE = 14;

    /** The time allowed for it was spent before all threads of all holders were read. */
    public static final int BUDGET_SPENT = 1;

    /** {@link Thread#call} of a thread that waits for something else than a system call. */
    public static final int NO_CALL = -1;
    /** {@link Thread#call} of a thread that ran. */
    public static final int RUNNING = -2;
    /** {@link Thread#call} of a thread whose system call could not be read. */
    public static final int UNREADABLE = -3;
    /** {@link Thread#argument} that is no small number, and may be an address. */
    public static final int NO_ARGUMENT = -1;

    /**
     * One process.
     *
     * @param pid     process id
     * @param errno   why its threads could not be listed, 0 if they could
     * @param threads its threads
     */
    public record Process(int pid, int errno, List<Thread> threads) {
        public Process {
            threads = List.copyOf(threads);
        }

        /** The upper bound of its size in a record, bytes. */
        public int maxBytes() {
            return 12 + threads.stream().mapToInt(t -> 20 + Body.maxText(t.wchan())).sum();
        }
    }

    /**
     * One thread.
     *
     * @param tid      thread id
     * @param state    the letter in its stat, 0 when unknown
     * @param call     number of the system call it is in, in the ABI of its program ({@link Processes.Facts#machine});
     *                 {@link #NO_CALL}, {@link #RUNNING} or {@link #UNREADABLE}
     * @param argument the call's first argument if it can be a descriptor, else {@link #NO_ARGUMENT}
     * @param errno    why the call could not be read, 0 if it could
     * @param wchan    kernel function it sleeps in, empty when unknown or none
     */
    public record Thread(int tid, int state, int call, int argument, int errno, String wchan) {}

    public Threads {
        processes = List.copyOf(processes);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int maxBytes() {
        return 12 + ReceiveTime.BYTES + processes.stream().mapToInt(Process::maxBytes).sum();
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeIntLE(snapshot);
        time.encode(out);
        out.writeIntLE(flags);
        out.writeIntLE(processes.size());
        for (Process p : processes) {
            out.writeIntLE(p.pid());
            out.writeIntLE(p.errno());
            out.writeIntLE(p.threads().size());
            for (Thread t : p.threads()) {
                out.writeIntLE(t.tid());
                out.writeByte(t.state());
                out.writeIntLE(t.call());
                out.writeIntLE(t.argument());
                out.writeIntLE(t.errno());
                Body.writeText(out, t.wchan());
            }
        }
    }

    static Threads decode(ByteBuf in) throws BadRecordException {
        int snapshot = in.readIntLE();
        ReceiveTime time = ReceiveTime.decode(in);
        int flags = in.readIntLE();
        int count = Body.readCount(in, 12);
        List<Process> processes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            processes.add(decodeProcess(in));
        }
        return new Threads(snapshot, time, flags, processes);
    }

    private static Process decodeProcess(ByteBuf in) throws BadRecordException {
        int pid = in.readIntLE();
        int errno = in.readIntLE();
        int count = Body.readCount(in, 21);
        List<Thread> threads = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            threads.add(new Thread(
                    in.readIntLE(), in.readUnsignedByte(), in.readIntLE(), in.readIntLE(), in.readIntLE(),
                    Body.readText(in)));
        }
        return new Process(pid, errno, threads);
    }
}
