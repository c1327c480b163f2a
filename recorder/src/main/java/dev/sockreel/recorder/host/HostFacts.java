package dev.sockreel.recorder.host;

import dev.sockreel.capture.record.HostEvidence;
import dev.sockreel.recorder.kernel.Syscalls;
import dev.sockreel.recorder.options.RecordOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects facts about the host. Facts that cannot be read are left out. */
public final class HostFacts {
    /** The size of a name in struct utsname, which has six. */
    private static final int UTS_NAME_BYTES = 65;

    private static final int UTS_NAMES = 6;

    public static HostEvidence gather(RecordOptions options) {
        ProcFiles proc = new ProcFiles();
        Map<String, String> facts = new LinkedHashMap<>();
        put(facts, HostEvidence.BOOT_ID, line(proc, "/proc/sys/kernel/random/boot_id"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment utsname = arena.allocate(UTS_NAMES * UTS_NAME_BYTES);
            if (Syscalls.uname(utsname) == 0) {
                put(facts, HostEvidence.HOSTNAME, utsname.getString(UTS_NAME_BYTES));
                put(facts, HostEvidence.KERNEL_RELEASE, utsname.getString(2 * UTS_NAME_BYTES));
                put(facts, HostEvidence.KERNEL_VERSION, utsname.getString(3 * UTS_NAME_BYTES));
                put(facts, HostEvidence.MACHINE, utsname.getString(4 * UTS_NAME_BYTES));
            }
        }
        facts.put(HostEvidence.POINTER_BITS, "64");
        put(facts, HostEvidence.EFFECTIVE_UID, effectiveUid(proc));
        put(facts, HostEvidence.CAPABILITIES, statusField(proc, "CapEff"));
        facts.put(HostEvidence.CLOCK_TICKS, Long.toString(Syscalls.clockTicks()));
        put(facts, HostEvidence.BOOT_TIME_S, bootTime(proc.read("/proc/stat").string()));
        facts.put(HostEvidence.RECORD_OPTIONS, options.arguments());
        facts.put(HostEvidence.INTERVAL_NS, Long.toString(options.interval().toNanos()));
        return new HostEvidence(facts);
    }

    private static void put(Map<String, String> facts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            facts.put(name, value);
        }
    }

    private static @Nullable String line(ProcFiles proc, String path) {
        ProcFiles.Text text = proc.read(path);
        return text.errno() == 0 ? text.string().strip() : null;
    }

    /** Returns the number after "btime" in /proc/stat, null when there is none. */
    static @Nullable String bootTime(String stat) {
        for (String line : stat.split("\n", -1)) {
            if (line.startsWith("btime ")) {
                return line.substring(6).strip();
            }
        }
        return null;
    }

    /** Returns the second number of "Uid:" (real, effective, saved, file system), or null. */
    public static @Nullable String effectiveUid(ProcFiles proc) {
        String uids = statusField(proc, "Uid");
        String[] words = uids == null ? new String[0] : uids.split("\\s+");
        return words.length > 1 ? words[1] : null;
    }

    public static @Nullable String statusField(ProcFiles proc, String name) {
        for (String line : proc.read("/proc/thread-self/status").string().split("\n", -1)) {
            if (line.startsWith(name + ":")) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return null;
    }

    private HostFacts() {}
}
