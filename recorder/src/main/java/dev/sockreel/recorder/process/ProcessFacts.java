package dev.sockreel.recorder.process;

import dev.sockreel.capture.record.Processes;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.nlmsg.Errno;
import dev.sockreel.recorder.host.NamespaceTarget;
import dev.sockreel.recorder.host.ProcFiles;
import dev.sockreel.recorder.kernel.HostClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Describes processes that hold sockets, each once in its life and once in a file. Of /proc/PID only cmdline, cgroup,
 * status, ns/net and the begin of exe are read: nothing of environ. One instance per recording; not thread-safe.
 */
final class ProcessFacts {
    /** A record's processes are about this large together; one that is waiting to be written stays on the heap. */
    private static final int PART_BYTES = 128 * 1024;

    /** The number of described processes from which those that hold no sockets any more are forgotten. */
    private static final int MAX_REMEMBERED = 65_536;

    /** How much of a command line is read: more than is stored, because masking shortens it. */
    static final int MAX_READ_BYTES = 4 * Processes.MAX_CMDLINE_BYTES;

    /** The begin of an ELF header up to e_machine. */
    private static final int ELF_BYTES = 20;

    private static final int MAX_STATUS_BYTES = 4096;

    /** How long a process's memory or program may keep a reader waiting. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final ProcFiles proc = new ProcFiles();
    private final PatientReader reader = new PatientReader(PATIENCE);
    private final boolean cmdlines;
    /** Start time of the processes described in this file, by pid. */
    private final Map<Integer, Long> described = new HashMap<>();

    /** @param cmdlines whether to store command lines */
    ProcessFacts(boolean cmdlines) {
        this.cmdlines = cmdlines;
    }

    /** Forgets what was described, since a new file begins. */
    void beginFile() {
        described.clear();
    }

    /** Describes the processes among these that were not described in this file; the records may be none. */
    List<Processes> describe(int snapshot, NavigableMap<Integer, OwnerScan.Owner> holders)
            throws InterruptedException {
        if (described.size() > MAX_REMEMBERED) {
            described.keySet().retainAll(holders.keySet());
        }
        List<Processes> parts = new ArrayList<>();
        List<Processes.Facts> part = new ArrayList<>();
        ReceiveTime begun = HostClock.now();
        UserNames users = null;
        int bytes = 0;
        for (Map.Entry<Integer, OwnerScan.Owner> holder : holders.entrySet()) {
            int pid = holder.getKey();
            long started = holder.getValue().startedTicks();
            if (started < 0 || described.getOrDefault(pid, -1L) == started) {
                continue;
            }
            users = users == null ? UserNames.ofThisHost(proc) : users;
            Processes.Facts facts = facts(pid, started, users);
            if (started(pid) != started) {
                continue; // it ended meanwhile, and the facts may be those of another process
            }
            described.put(pid, started);
            part.add(facts);
            bytes += facts.maxBytes();
            if (bytes >= PART_BYTES) {
                parts.add(new Processes(snapshot, begun, part));
                part = new ArrayList<>();
                bytes = 0;
                begun = HostClock.now();
            }
        }
        if (!part.isEmpty()) {
            parts.add(new Processes(snapshot, begun, part));
        }
        return parts;
    }

    private long started(int pid) {
        byte[] stat = proc.read("/proc/" + pid + "/stat").bytes();
        return ThreadText.startedTicks(stat, stat.length);
    }

    private Processes.Facts facts(int pid, long started, UserNames users) throws InterruptedException {
        String folder = "/proc/" + pid;
        Program program = reader.read(files -> program(files, folder));
        if (program == null) {
            program = new Program(new ProcFiles.Text(new byte[0], Errno.EAGAIN), 0);
        }
        Cmdline cmdline = cmdlines ? cmdline(program.cmdline()) : new Cmdline(new byte[0], Processes.CMDLINE_WITHHELD);
        int uid = effectiveUid(proc.readFirst(folder + "/status", MAX_STATUS_BYTES).string());
        return new Processes.Facts(
                pid, started, uid, uid == -1 ? "" : users.name(uid), cmdline.flags(), cmdline.bytes(),
                proc.read(folder + "/cgroup").bytes(), NamespaceTarget.inode(Path.of(folder, "ns", "net")),
                program.machine());
    }

    /** The part of the facts that can keep a reader waiting. */
    private record Program(ProcFiles.Text cmdline, int machine) {}

    private Program program(ProcFiles files, String folder) {
        ProcFiles.Text cmdline = cmdlines ? files.readFirst(folder + "/cmdline", MAX_READ_BYTES)
                : new ProcFiles.Text(new byte[0], 0);
        return new Program(cmdline, machine(files.readFirst(folder + "/exe", ELF_BYTES).bytes()));
    }

    @SuppressWarnings("ArrayRecordComponent")
    record Cmdline(byte[] bytes, int flags) {}

    /** Masks a command line and then cuts it, so that no half of a secret stays at the end. */
    static Cmdline cmdline(ProcFiles.Text text) {
        if (text.errno() != 0) {
            return new Cmdline(new byte[0], Processes.CMDLINE_UNREADABLE);
        }
        byte[] read = text.bytes();
        int flags = 0;
        if (read.length == MAX_READ_BYTES) {
            // Its last word may be cut, and half of a secret is not recognized.
            read = Arrays.copyOf(read, lastWordsBegin(read));
            flags |= Processes.CMDLINE_CUT;
        }
        byte[] out = SecretWords.mask(read);
        flags |= Arrays.equals(out, read) ? 0 : Processes.CMDLINE_MASKED;
        if (out.length > Processes.MAX_CMDLINE_BYTES) {
            out = Arrays.copyOf(out, Processes.MAX_CMDLINE_BYTES);
            flags |= Processes.CMDLINE_CUT;
        }
        return new Cmdline(out, flags);
    }

    private static int lastWordsBegin(byte[] cmdline) {
        int at = cmdline.length;
        while (at > 0 && cmdline[at - 1] != 0) {
            at--;
        }
        return at;
    }

    /** Returns the second number of "Uid:" in a status text, -1 when there is none. */
    static int effectiveUid(String status) {
        int line = status.indexOf("\nUid:\t");
        String[] numbers = line < 0 ? new String[0] : status.substring(line + 6).split("[\t\n]", 3);
        return numbers.length == 3 && numbers[1].matches("[0-9]{1,10}") ? (int) Long.parseLong(numbers[1]) : -1;
    }

    /** Returns e_machine of an ELF header, in the byte order that its fifth byte states; 0 when it is none. */
    static int machine(byte[] elf) {
        if (elf.length < ELF_BYTES || elf[0] != 0x7f || elf[1] != 'E' || elf[2] != 'L' || elf[3] != 'F') {
            return 0;
        }
        int first = elf[18] & 0xff;
        int second = elf[19] & 0xff;
        return switch (elf[5]) {
            case 1 -> first | second << 8;
            case 2 -> first << 8 | second;
            default -> 0;
        };
    }
}
